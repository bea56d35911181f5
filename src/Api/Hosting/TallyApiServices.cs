using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Tally.Api.Authentication;
using Tally.Api.Compatibility;
using Tally.Api.Credentials;
using Tally.Api.Customers;
using Tally.Api.Dispatch;
using Tally.Api.Errors;
using Tally.Api.Events;
using Tally.Api.Ledger;
using Tally.Api.Moves;
using Tally.Api.Pages;
using Tally.Api.Products;
using Tally.Api.Reconciliation;
using Tally.Api.Records;
using Tally.Api.Subscriptions;
using Tally.Api.Tenants;

namespace Tally.Api.Hosting;

/// <summary>Adds the front door to an application.</summary>
public static class TallyApiServices
{
    /// <summary>
    /// Adds what <see cref="TallyApiEndpoints.MapTallyApi"/> needs. The application also needs an Orleans client or
    /// silo that knows Tally's actors.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets limits; the defaults are for production.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddTallyApi(
        this IServiceCollection services,
        Action<TallyApiOptions>? configure = null)
    {
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<TallyApiOptions>, TallyApiOptionsValidator>());
        services.AddOptions<TallyApiOptions>().Configure(configure ?? (_ => { })).ValidateOnStart();
        services.AddMetrics();
        services.AddRouting();
        services.AddApiDocument();
        services.TryAddEnumerable(ServiceDescriptor.Transient<IStartupFilter, DotSegments>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ApiInstruments>();
        services.TryAddSingleton<ProblemWriter>();
        services.TryAddSingleton<CallPatience>();
        services.TryAddSingleton<KeyRing>();
        services.TryAddSingleton<PlatformKeys>();
        services.TryAddSingleton<ApiPipeline>();
        services.TryAddSingleton<RequestBody>();
        services.TryAddSingleton<JsonBody>();
        services.TryAddSingleton<ProductCache>();
        services.TryAddSingleton<Dispatcher>();
        services.TryAddSingleton<PostLimits>();
        services.TryAddSingleton<PostEvents>();
        services.TryAddSingleton<ProductOperations>();
        services.TryAddSingleton<CustomerOperations>();
        services.TryAddSingleton<RecordListing>();
        services.TryAddSingleton<RecordOperations>();
        services.TryAddSingleton<LedgerOperations>();
        services.TryAddSingleton<EvidenceBody>();
        services.TryAddSingleton<EvidenceOperations>();
        services.TryAddSingleton<SubscriptionOperations>();
        services.TryAddSingleton<KeyOperations>();
        services.TryAddSingleton<TenantOperations>();
        services.TryAddSingleton<CredentialOperations>();
        services.TryAddSingleton<StandingOperations>();
        services.TryAddSingleton<MoveOperations>();
        services.AddAwsEndpoint();
        return services;
    }
}
