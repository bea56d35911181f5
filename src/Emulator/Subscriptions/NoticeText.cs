using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tally.Emulator.Catalogue;

namespace Tally.Emulator.Subscriptions;

/// <summary>
/// What AWS's messages say, in its words. Sources: the seller guide's pages on SNS notifications of SaaS products and
/// on EventBridge notifications (<c>aws.agreement-marketplace</c>).
/// </summary>
internal static class NoticeText
{
    /// <summary>The account in which AWS keeps the topics.</summary>
    private const string TopicAccountId = "287250355862";

    private static readonly JsonSerializerOptions Plain =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string SubscriptionTopic(string productCode) =>
        $"arn:aws:sns:us-east-1:{TopicAccountId}:aws-mp-subscription-notification-{productCode}";

    public static string EntitlementTopic(string productCode) =>
        $"arn:aws:sns:us-east-1:{TopicAccountId}:aws-mp-entitlement-notification-{productCode}";

    /// <summary>The message of the subscription topic. The offer is named only when the subscription begins.</summary>
    public static string Subscription(Agreement agreement, string action)
    {
        var message = new JsonObject
        {
            ["action"] = action,
            ["customer-identifier"] = agreement.CustomerIdentifier,
            ["product-code"] = agreement.ProductCode,
        };
        if (action is "subscribe-success" or "subscribe-fail") message["offer-identifier"] = agreement.OfferId;
        // A text, not a truth value: so AWS sends it.
        message["isFreeTrialTermPresent"] = agreement.IsFreeTrial ? "true" : "false";
        return message.ToJsonString(Plain);
    }

    public static string Entitlement(Agreement agreement) => new JsonObject
    {
        ["action"] = "entitlement-updated",
        ["customer-identifier"] = agreement.CustomerIdentifier,
        ["product-code"] = agreement.ProductCode,
    }.ToJsonString(Plain);

    /// <summary>
    /// An event about the agreement, for the proposer or the manufacturer; a direct seller is both. Its end tells no
    /// more than the status.
    /// </summary>
    public static string AgreementEvent(Agreement agreement, string what, string role, NoticeMoment moment)
    {
        var told = new JsonObject { ["id"] = agreement.Id };
        var detail = new JsonObject
        {
            ["requestId"] = $"{moment.Id}",
            ["catalog"] = "AWSMarketplace",
            ["agreement"] = told,
        };
        if (what is "Ended")
        {
            told["status"] = moment.Status;
        }
        else
        {
            told["intent"] = moment.Intent;
            told["status"] = "ACTIVE";
            told["acceptanceTime"] = Text(agreement.AcceptedAt);
            told["startTime"] = Text(agreement.AcceptedAt);
            if (agreement.EndsAt is { } end) told["endTime"] = Text(end);
            detail["resaleAuthorization"] = null;
            AddParties(detail, agreement);
        }

        return Event($"Purchase Agreement {what} - {role}", agreement, detail, moment);
    }

    /// <summary>An event about the licence, for the manufacturer.</summary>
    public static string LicenseEvent(Agreement agreement, Product product, string what, NoticeMoment moment)
    {
        var detail = new JsonObject
        {
            ["requestId"] = $"{moment.Id}",
            ["catalog"] = "AWSMarketplace",
            ["agreement"] = new JsonObject { ["id"] = agreement.Id },
            ["product"] = new JsonObject { ["code"] = product.Code, ["id"] = product.Id },
            ["license"] = new JsonObject { ["arn"] = agreement.LicenseArn },
        };
        AddParties(detail, agreement);
        return Event($"License {what} - Manufacturer", agreement, detail, moment);
    }

    private static void AddParties(JsonObject detail, Agreement agreement)
    {
        detail["acceptor"] = new JsonObject { ["accountId"] = agreement.BuyerAccountId };
        detail["proposer"] = new JsonObject { ["accountId"] = agreement.SellerAccountId };
        detail["offer"] = new JsonObject { ["id"] = agreement.OfferId };
    }

    private static string Event(string detailType, Agreement agreement, JsonObject detail, NoticeMoment moment) =>
        new JsonObject
        {
            ["version"] = "0",
            ["id"] = $"{moment.Id}",
            ["detail-type"] = detailType,
            ["source"] = "aws.agreement-marketplace",
            ["account"] = agreement.SellerAccountId,
            ["time"] = Text(moment.Time),
            ["region"] = "us-east-1",
            ["resources"] = new JsonArray($"arn:aws:aws-marketplace::aws:agreement:{agreement.Id}"),
            ["detail"] = detail,
        }.ToJsonString(Plain);

    private static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
