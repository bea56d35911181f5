namespace Tally.Silo.Metering;

/// <summary>Tells AWS's own addresses from others.</summary>
public static class AwsEndpoints
{
    /// <summary>The domains of AWS's partitions. Source: the service's endpoint rules.</summary>
    private static readonly string[] Domains =
        ["amazonaws.com", "amazonaws.com.cn", "api.aws", "api.amazonwebservices.com.cn", "amazonaws.eu"];

    /// <summary>Whether an address is AWS's.</summary>
    /// <param name="endpoint">The address.</param>
    /// <returns>Whether its host is in one of AWS's domains.</returns>
    public static bool IsAws(Uri endpoint) => Array.Exists(
        Domains,
        domain => endpoint.Host.Equals(domain, StringComparison.OrdinalIgnoreCase)
            || endpoint.Host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase));
}
