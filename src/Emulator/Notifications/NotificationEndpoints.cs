using System.Net;
using Tally.Emulator.Admin;

namespace Tally.Emulator.Notifications;

/// <summary>Subscribing to notices, and what SNS itself serves: certificate, confirmation, unsubscription.</summary>
internal sealed class NotificationEndpoints(NotificationHub hub, NotificationOrders orders, DeliveryLog log)
    : IAdminModule
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var admin = routes.MapGroup("/_emulator");
        _ = admin.MapGet("/notifications/subscriptions", () => TypedResults.Json(
            [.. log.ListSubscriptions()], AdminJson.Default.IReadOnlyListNotificationSubscription));
        _ = admin.MapPost("/notifications/subscriptions", (Delegate)SubscribeAsync);
        _ = admin.MapDelete("/notifications/subscriptions/{id}", UnsubscribeAsync);
        _ = admin.MapGet("/notifications/deliveries", () => TypedResults.Json(
            [.. log.ListDeliveries()], AdminJson.Default.IReadOnlyListDelivery));
        _ = admin.MapGet("/sns/{certificate}", ShowCertificateAsync);
        _ = admin.MapGet("/sns", (Delegate)ActAsync);
    }

    private async Task<IResult> SubscribeAsync(HttpContext http)
    {
        var (problem, request) = await AdminBody.ReadAsync(http, AdminJson.Default.NotificationRequest);
        if (problem is not null) return problem;
        var (mistakes, subscription) = await orders.SubscribeAsync(request!);
        return mistakes.Count == 0
            ? TypedResults.Json(
                subscription,
                AdminJson.Default.NotificationSubscription,
                statusCode: StatusCodes.Status201Created)
            : AdminBody.Mistaken(mistakes);
    }

    private async Task<IResult> UnsubscribeAsync(string id) => await hub.UnsubscribeAsync(id)
        ? TypedResults.NoContent()
        : TypedResults.Problem(
            $"There is no subscription '{id}'.", statusCode: StatusCodes.Status404NotFound, title: "Not found.");

    private async Task<IResult> ShowCertificateAsync(string certificate)
    {
        var identity = await hub.IdentityAsync();
        return string.Equals(certificate, identity.CertificateName, StringComparison.Ordinal)
            ? TypedResults.Text(identity.CertificatePem, "application/x-pem-file")
            : TypedResults.NotFound();
    }

    /// <summary>The two addresses that SNS puts into its messages.</summary>
    private async Task<IResult> ActAsync(HttpContext http)
    {
        var query = http.Request.Query;
        switch (query["Action"].ToString())
        {
            case "ConfirmSubscription":
                var confirmed = await hub.ConfirmAsync(query["TopicArn"].ToString(), query["Token"].ToString());
                return confirmed is null
                    ? Xml("ErrorResponse", "<Error><Type>Sender</Type><Code>InvalidParameter</Code>"
                        + "<Message>Invalid parameter: Token</Message></Error>", StatusCodes.Status400BadRequest)
                    : Xml("ConfirmSubscriptionResponse", "<ConfirmSubscriptionResult><SubscriptionArn>"
                        + $"{WebUtility.HtmlEncode(confirmed.Arn)}</SubscriptionArn></ConfirmSubscriptionResult>");
            case "Unsubscribe":
                _ = await hub.UnsubscribeAsync(query["SubscriptionArn"].ToString().Split(':')[^1]);
                return Xml("UnsubscribeResponse", string.Empty);
            default:
                return Xml("ErrorResponse", "<Error><Type>Sender</Type><Code>InvalidAction</Code></Error>",
                    StatusCodes.Status400BadRequest);
        }
    }

    private static IResult Xml(string name, string content, int status = StatusCodes.Status200OK) =>
        TypedResults.Content(
        $"<{name} xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\">{content}<ResponseMetadata><RequestId>"
        + $"{Guid.NewGuid():D}</RequestId></ResponseMetadata></{name}>",
        "text/xml",
        statusCode: status);
}
