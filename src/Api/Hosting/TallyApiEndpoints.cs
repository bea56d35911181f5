using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Tally.Api.Compatibility;
using Tally.Api.Compatibility.Keys;
using Tally.Api.Credentials;
using Tally.Api.Customers;
using Tally.Api.Errors;
using Tally.Api.Events;
using Tally.Api.Health;
using Tally.Api.Ledger;
using Tally.Api.Moves;
using Tally.Api.Pages;
using Tally.Api.Products;
using Tally.Api.Reconciliation;
using Tally.Api.Records;
using Tally.Api.Subscriptions;
using Tally.Api.Tenants;

namespace Tally.Api.Hosting;

/// <summary>Maps the front door into an application.</summary>
public static class TallyApiEndpoints
{
    /// <summary>
    /// Maps the API below <c>/v1</c>, health below <c>/health</c>, and, as <see cref="TallyApiOptions"/> say, pages.
    /// </summary>
    /// <param name="routes">The application's routes.</param>
    /// <returns>The same routes.</returns>
    public static IEndpointRouteBuilder MapTallyApi(this IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        var pipeline = services.GetRequiredService<ApiPipeline>();
        var problems = services.GetRequiredService<ProblemWriter>();
        foreach (var path in Operations(services).GroupBy(operation => operation.Pattern))
        {
            foreach (var operation in path)
            {
                Func<HttpContext, Task> run = context => pipeline.Run(context, operation);
                routes.MapMethods(operation.Pattern, [operation.Method], run).WithMetadata(operation);
            }

            MapOtherMethods(routes, problems, path.Key, [.. path.Select(operation => operation.Method)]);
        }

        routes.MapHealth();
        var options = services.GetRequiredService<IOptions<TallyApiOptions>>().Value;
        if (options.Pages)
        {
            routes.MapPages();
        }

        if (options.AwsEndpoint)
        {
            routes.MapPost("/", services.GetRequiredService<AwsEndpoint>().Run).ExcludeFromDescription();
        }

        routes.MapFallback(
            options.UnknownRoutes ? "{**rest}" : "/v1/{**rest}",
            context => problems.Write(context, new(ProblemCode.UnknownRoute)));
        return routes;
    }

    private static IEnumerable<ApiOperation> Operations(IServiceProvider services) =>
    [
        .. EventRoutes.Of(services.GetRequiredService<PostEvents>()),
        .. ProductRoutes.Of(services.GetRequiredService<ProductOperations>()),
        .. CustomerRoutes.Of(services.GetRequiredService<CustomerOperations>()),
        .. RecordRoutes.Of(
            services.GetRequiredService<RecordListing>(), services.GetRequiredService<RecordOperations>()),
        .. LedgerRoutes.Of(services.GetRequiredService<LedgerOperations>()),
        .. EvidenceRoutes.Of(services.GetRequiredService<EvidenceOperations>()),
        .. SubscriptionRoutes.Of(services.GetRequiredService<SubscriptionOperations>()),
        .. StandingRoutes.Of(services.GetRequiredService<StandingOperations>()),
        .. MoveRoutes.Of(services.GetRequiredService<MoveOperations>()),
        .. TenantRoutes.Of(
            services.GetRequiredService<TenantOperations>(), services.GetRequiredService<KeyOperations>()),
        .. AccessKeyRoutes.Of(services.GetRequiredService<AccessKeyOperations>()),
        .. CredentialRoutes.Of(services.GetRequiredService<CredentialOperations>()),
    ];

    // An endpoint without a method comes behind those that have one; it takes what they leave.
    private static void MapOtherMethods(
        IEndpointRouteBuilder routes,
        ProblemWriter problems,
        string pattern,
        IReadOnlyList<string> methods)
    {
        var allow = string.Join(", ", methods);
        var problem = new Problem(ProblemCode.MethodNotAllowed, $"The methods here are: {allow}.") { Allow = allow };
        routes.Map(pattern, (RequestDelegate)(context => problems.Write(context, problem))).ExcludeFromDescription();
    }
}
