using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Tally.Api.Compatibility.Keys;
using Tally.Api.Compatibility.Metering;
using Tally.Api.Compatibility.Registration;
using Tally.Api.Compatibility.Signing;

namespace Tally.Api.Compatibility;

/// <summary>What the AWS-compatible endpoint is made of.</summary>
internal static class AwsServices
{
    /// <summary>Adds it.</summary>
    /// <param name="services">The application's services.</param>
    public static void AddAwsEndpoint(this IServiceCollection services)
    {
        services.TryAddSingleton<AccessKeyRing>();
        services.TryAddSingleton<AccessKeyOperations>();
        services.TryAddSingleton<SignatureVerifier>();
        services.TryAddSingleton<NamedProducts>();
        services.TryAddSingleton<KnownIdentities>();
        services.TryAddSingleton<RecordPoster>();
        services.TryAddSingleton<BatchMetering>();
        services.TryAddSingleton<OwnMetering>();
        services.TryAddSingleton<ForwardedRegistration>();
        services.TryAddSingleton<AwsOperations>();
        services.TryAddSingleton<AwsEndpoint>();
    }
}
