using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Tally.Contracts;

/// <summary>How the messages between actors are written.</summary>
public static class ContractSerialization
{
    /// <summary>
    /// Lets Orleans write Domain's values inside messages and stored state. Domain knows nothing of Orleans, so its
    /// values are written as JSON, by member name; the hot path carries bytes of Domain's own format instead.
    /// </summary>
    /// <param name="services">The silo's or the client's services.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddTallyContracts(this IServiceCollection services) =>
        services.AddSerializer(builder => builder.AddJsonSerializer(
            type => type.Namespace?.StartsWith("Tally.Domain", StringComparison.Ordinal) == true));
}
