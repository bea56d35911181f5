using Tally.Api.Errors;
using Tally.Api.Hosting;
using Tally.Contracts.Tenants;

namespace Tally.Api.Customers;

/// <summary>Where the operations on customers are, and what is said of them.</summary>
internal static class CustomerRoutes
{
    private const string Customers = "Customers";
    private const string Delivery = "Delivery";
    private const string Path = "/v1/products/{product}/customers/{customer}";

    private const string Example =
        """{ "customer": "cust-1", "name": "Example Ltd.", "customerIdentifier": "ifAPi5AcF3" }""";

    private const string BalanceExample =
        """
        {
          "dimension": "api_calls", "accepted": 1012.5, "rounding": 0, "delivered": 1000, "open": 12, "waiting": 0,
          "parked": 0, "quarantined": 0, "held": 0, "expired": 0, "writtenOff": 0,
          "shadowed": 0, "carried": 0.5, "difference": 0
        }
        """;

    /// <summary>Lists the operations.</summary>
    /// <param name="customers">What does them.</param>
    /// <returns>The operations.</returns>
    public static IEnumerable<ApiOperation> Of(CustomerOperations customers) =>
        [.. OfProfiles(customers), .. OfUsage(customers)];

    private static IEnumerable<ApiOperation> OfProfiles(CustomerOperations customers) =>
    [
        new("PutCustomer", "PUT", Path, ApiScopes.Admin, customers.Put)
        {
            Tag = Customers,
            Summary = "Say who a customer is",
            Description =
                "Names the buyer as AWS knows it: by customer identifier (the customer's own name when left out), or "
                + "by AWS account id and licence. Records that are sealed from now on carry it; those that are "
                + "sealed stay as they are. Events are taken for customers without this, too.",
            Request = typeof(CustomerRequest),
            RequestExample = """{ "name": "Example Ltd.", "customerIdentifier": "ifAPi5AcF3" }""",
            Answer = typeof(CustomerAnswer),
            AnswerExample = Example,
            Problems = [ProblemCode.UnknownProduct],
        },
        new("GetCustomer", "GET", Path, ApiScopes.Read, customers.Get)
        {
            Tag = Customers,
            Summary = "Show who a customer is",
            Description = "Shows a customer that has usage or a profile.",
            Answer = typeof(CustomerAnswer),
            AnswerExample = Example,
            Problems = [ProblemCode.UnknownProduct, ProblemCode.UnknownCustomer],
        },
        new("ListCustomers", "GET", "/v1/products/{product}/customers", ApiScopes.Read, customers.List)
        {
            Tag = Customers,
            Summary = "List the customers",
            Description =
                "Lists the customers of a product by name, in ordinal order, `limit` (1 to 1,000; 100 when left out) "
                + "at a time, starting behind `after`.",
            Query = ["after", "limit"],
            Answer = typeof(CustomerListAnswer),
            AnswerExample = """{ "customers": ["cust-1", "cust-2"], "next": "cust-2" }""",
            Problems = [ProblemCode.UnknownProduct],
        },
    ];

    private static IEnumerable<ApiOperation> OfUsage(CustomerOperations customers) =>
    [
        new("GetUsage", "GET", Path + "/usage", ApiScopes.Read, customers.GetUsage)
        {
            Tag = Customers,
            Summary = "Show what a customer has used",
            Description =
                "Shows the totals of open hours, the sealed records with their state and receipts, and the "
                + "conservation equation of each dimension.",
            Answer = typeof(UsageAnswer),
            AnswerExample =
                $$"""
                {
                  "customer": "cust-1",
                  "open": [
                    {
                      "dimension": "api_calls", "hourStart": "2026-11-22T11:00:00+00:00", "quantity": 12,
                      "events": 3
                    }
                  ],
                  "records": [
                    {
                      "dimension": "api_calls", "hourStart": "2026-11-22T10:00:00+00:00",
                      "timestamp": "2026-11-22T10:59:59+00:00", "quantity": 1000, "state": "delivered",
                      "customerIdentifier": "ifAPi5AcF3", "meteringRecordId": "35155d37-56cb-423f-8554-5c4f3e3ff56d",
                      "reason": "Success", "settledAt": "2026-11-22T11:05:02+00:00"
                    }
                  ],
                  "balances": [{{BalanceExample}}]
                }
                """,
            Problems = [ProblemCode.UnknownProduct, ProblemCode.UnknownCustomer],
        },
        new("GetReconciliation", "GET", "/v1/products/{product}/reconciliation", ApiScopes.Read, customers.Reconcile)
        {
            Tag = Delivery,
            Summary = "Show where everything is",
            Description =
                "Adds up the conservation equation over all customers: what was accepted (with what rounding added or "
                + "took) is delivered, open, waiting, parked, quarantined, held, expired, written off, "
                + "shadowed or carried. The "
                + "difference is 0.",
            Answer = typeof(ReconciliationAnswer),
            AnswerExample = $$"""{ "product": "abc123", "balanced": true, "dimensions": [{{BalanceExample}}] }""",
            Problems = [ProblemCode.UnknownProduct],
        },
        new("GetStatus", "GET", "/v1/products/{product}/status", ApiScopes.Read, customers.GetStatus)
        {
            Tag = Delivery,
            Summary = "Show how delivery is doing",
            Description =
                "Shows what waits, what was delivered, and why nothing can be sent, if so. A product is `suspended` "
                + "while AWS refuses its code, credentials, region or use; one call tries again from time to time, "
                + "and it goes on by itself.",
            Answer = typeof(StatusAnswer),
            AnswerExample =
                """
                {
                  "product": "abc123", "customers": 2, "activeCustomers": 1, "waiting": 0, "parked": 0, "delivered": 24,
                  "quarantined": 0, "expired": 0, "lastSubmitted": "2026-11-22T11:05:02+00:00",
                  "nextSeal": "2026-11-22T12:05:00+00:00"
                }
                """,
            Problems = [ProblemCode.UnknownProduct],
        },
    ];
}
