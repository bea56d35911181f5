using Tally.Emulator.Admin;

namespace Tally.Emulator.OpenApi;

/// <summary>The endpoints of subscriptions to notices, and those that SNS itself has.</summary>
internal static class NotificationOperations
{
    private const string SubscriptionExample =
        """
        {"id":"0d6e7f7e-58bb-4d3a-8f3f-1d3c1c1d2c11","accountId":"000000000000",
         "topicArn":"arn:aws:sns:us-east-1:287250355862:aws-mp-subscription-notification-prod-1",
         "url":"http://localhost:8080/sns","queue":null,"isRaw":false,"signatureVersion":"1","token":"2f6c",
         "isConfirmed":false,"arn":"arn:aws:sns:us-east-1:287250355862:aws-mp-subscription-notification-prod-1:0d6e"}
        """;

    public static IEnumerable<ApiOperation> All =>
    [
        new ApiOperation("GET", "/_emulator/notifications/subscriptions", "Who is told of notices.")
            .Gives(Json.IReadOnlyListNotificationSubscription, $"[{SubscriptionExample}]"),
        new ApiOperation("POST", "/_emulator/notifications/subscriptions", "Subscribes an address or a queue.")
            .Takes(Json.NotificationRequest, """{"productCode":"prod-1","url":"http://localhost:8080/sns"}""")
            .Gives(Json.NotificationSubscription, SubscriptionExample, StatusCodes.Status201Created),
        new("DELETE", "/_emulator/notifications/subscriptions/{id}", "Ends a subscription.")
        {
            Status = 204,
            Errors = [404],
        },
        new ApiOperation("GET", "/_emulator/notifications/deliveries", "The last deliveries to addresses.")
            .Gives(Json.IReadOnlyListDelivery, "[]"),
        new("GET", "/_emulator/sns/{certificate}", "The certificate by which notifications are checked, in PEM.")
        {
            ResponseMediaType = "application/x-pem-file",
            Errors = [404],
        },
        new("GET", "/_emulator/sns", "SNS's own actions: ConfirmSubscription and Unsubscribe.")
        {
            ResponseMediaType = "text/xml",
            Query =
            [
                ("Action", "ConfirmSubscription or Unsubscribe."), ("TopicArn", "The topic to confirm."),
                ("Token", "The token of the confirmation."), ("SubscriptionArn", "The subscription to end."),
            ],
        },
    ];

    private static AdminJson Json => AdminJson.Default;
}
