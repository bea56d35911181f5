using Tally.Api.Errors;
using Tally.Api.Hosting;
using Tally.Contracts.Tenants;

namespace Tally.Api.Products;

/// <summary>Where the operations on products are, and what is said of them.</summary>
internal static class ProductRoutes
{
    private const string Tag = "Products";

    private const string Example =
        """
        {
          "code": "abc123", "name": "Image API", "version": 1,
          "late": { "mode": "carry_forward", "eventAgeMax": "72:00:00", "futureTolerance": "00:05:00",
                    "previousMonth": "carry_forward" },
          "flushShards": 1,
          "dimensions": {
            "api_calls": { "aggregation": "sum", "rounding": "floor", "retired": false, "sendZero": true }
          }
        }
        """;

    /// <summary>Lists the operations.</summary>
    /// <param name="products">What does them.</param>
    /// <returns>The operations.</returns>
    public static IEnumerable<ApiOperation> Of(ProductOperations products) =>
    [
        new("PutProduct", "PUT", "/v1/products/{product}", ApiScopes.Admin, products.Put)
        {
            Tag = Tag,
            Summary = "Make or change a product",
            Description =
                "Names the product's dimensions. Repeating it changes nothing. A dimension that is no longer named is "
                + "retired: new events for it are rejected, what was counted is still delivered. The aggregation of a "
                + "dimension that exists can't change.",
            Request = typeof(ProductRequest),
            RequestExample =
                """
                {
                  "name": "Image API",
                  "dimensions": {
                    "api_calls": { "aggregation": "sum", "rounding": "floor", "sendZero": true },
                    "active_users": { "aggregation": "unique_count", "uniqueTag": "user" }
                  }
                }
                """,
            Answer = typeof(ProductAnswer),
            AnswerExample = Example,
            Problems = [ProblemCode.InvalidBody],
        },
        new("GetProduct", "GET", "/v1/products/{product}", ApiScopes.Read, products.Get)
        {
            Tag = Tag,
            Summary = "Show a product",
            Description = "Shows the definition that events are counted by, retired dimensions included.",
            Answer = typeof(ProductAnswer),
            AnswerExample = Example,
            Problems = [ProblemCode.UnknownProduct],
        },
        new("ListProducts", "GET", "/v1/products", ApiScopes.Read, products.List)
        {
            Tag = Tag,
            Summary = "List the products",
            Description = "Lists the products of the key's tenant.",
            Answer = typeof(ProductListAnswer),
            AnswerExample = $$"""{ "products": [{{Example}}] }""",
        },
    ];
}
