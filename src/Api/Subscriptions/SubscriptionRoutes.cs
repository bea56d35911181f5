using Tally.Api.Errors;
using Tally.Api.Hosting;
using Tally.Contracts.Tenants;

namespace Tally.Api.Subscriptions;

/// <summary>Where the operations on subscriptions are, and what is said of them.</summary>
internal static class SubscriptionRoutes
{
    private const string Tag = "Subscriptions";
    private const string Path = "/v1/products/{product}/customers/{customer}/subscription";

    private const string Example =
        """
        {
          "customer": "cust-1", "word": "unsubscribe_pending", "at": "2026-11-22T10:20:00+00:00", "takesUsage": false
        }
        """;

    /// <summary>Lists the operations.</summary>
    /// <param name="subscriptions">What does them.</param>
    /// <returns>The operations.</returns>
    public static IEnumerable<ApiOperation> Of(SubscriptionOperations subscriptions) =>
    [
        new("ChangeSubscription", "POST", Path, ApiScopes.Admin, subscriptions.Change)
        {
            Tag = Tag,
            Summary = "Say what became of a subscription",
            Description =
                "Passes on what AWS Marketplace says. `subscribed` releases the customer's parked records and takes "
                + "its usage. `unsubscribe_pending` and `unsubscribed` seal everything at once, the hour under way "
                + "included, send it ahead of all else, and refuse later events as `not_subscribed`. Repetitions, and "
                + "words older than the one that counts, change nothing; the answer says what is known.",
            Request = typeof(SubscriptionRequest),
            RequestExample = """{ "word": "unsubscribe_pending", "at": "2026-11-22T10:20:00Z" }""",
            Answer = typeof(SubscriptionAnswer),
            AnswerExample = Example,
            Problems = [ProblemCode.InvalidBody, ProblemCode.InvalidParameter, ProblemCode.UnknownProduct],
        },
        new("GetSubscription", "GET", Path, ApiScopes.Read, subscriptions.Get)
        {
            Tag = Tag,
            Summary = "Show what is known of a subscription",
            Description =
                "Shows the word that counts and what AWS answers to the customer's records. Without either the "
                + "customer counts as subscribed.",
            Answer = typeof(SubscriptionAnswer),
            AnswerExample = Example,
            Problems = [ProblemCode.UnknownProduct, ProblemCode.UnknownCustomer],
        },
    ];
}
