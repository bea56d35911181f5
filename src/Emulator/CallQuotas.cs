using System.Text.Json.Serialization;
using Tally.Emulator.Faults;

namespace Tally.Emulator;

/// <summary>How many calls a second an account may make in a region, by operation. In JSON <c>"aws"</c> is short for
/// <see cref="Aws"/>.</summary>
/// <param name="PerSecond">
/// Calls a second by the operation's name, 0 to 1000000; 0 and operations that are left out: any number.
/// </param>
[JsonConverter(typeof(CallQuotasJson))]
public sealed record CallQuotas(IReadOnlyDictionary<string, double> PerSecond)
{
    internal const double PerSecondMax = 1_000_000;

    /// <summary>The names of the service's operations.</summary>
    internal static readonly string[] Operations =
        ["BatchMeterUsage", "MeterUsage", "RegisterUsage", "ResolveCustomer"];

    /// <summary>
    /// What AWS documents: 10 calls of <c>BatchMeterUsage</c>, 10 of <c>MeterUsage</c> and 5 of <c>RegisterUsage</c>.
    /// Source: "Metering Service quotas" in the AWS Marketplace API reference, which lists none for
    /// <c>ResolveCustomer</c>.
    /// </summary>
    public static CallQuotas Aws { get; } = new(new Dictionary<string, double>(StringComparer.Ordinal)
    {
        ["BatchMeterUsage"] = 10,
        ["MeterUsage"] = 10,
        ["RegisterUsage"] = 5,
    });
}
