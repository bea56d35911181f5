using Amazon.AWSMarketplaceMetering.Endpoints;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal.Endpoints.StandardLibrary;
using Endpoint = Amazon.Runtime.Endpoints.Endpoint;

namespace Amazon.AWSMarketplaceMetering.Internal;

/// <summary>
/// The service's endpoint rules. The host is <c>metering.marketplace</c>, region and the partition's suffix; three
/// things change it:
/// <list type="table">
/// <item><term>FIPS</term><description><c>metering.marketplace-fips</c> everywhere.</description></item>
/// <item><term>dual-stack, not FIPS</term><description>the partition's dual-stack suffix, and the newer prefix
/// <c>metering-marketplace</c> in the partitions aws, aws-us-gov and aws-cn.</description></item>
/// <item><term>aws-eusc, plain</term><description>the newer prefix, too.</description></item>
/// </list>
/// </summary>
public class AmazonAWSMarketplaceMeteringEndpointProvider : IEndpointProvider
{
    private const string Prefix = "metering.marketplace";
    private const string NewerPrefix = "metering-marketplace";
    private const string FipsPrefix = "metering.marketplace-fips";

    /// <summary>Chooses the endpoint.</summary>
    /// <param name="parameters">An <see cref="AWSMarketplaceMeteringEndpointParameters"/> or its equal.</param>
    /// <returns>The endpoint.</returns>
    /// <exception cref="AmazonClientException">
    /// The parameters contradict each other, name no region, or ask for what the partition lacks.
    /// </exception>
    public Endpoint ResolveEndpoint(EndpointParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var fips = Required(parameters, nameof(AWSMarketplaceMeteringEndpointParameters.UseFIPS));
        var dualStack = Required(parameters, nameof(AWSMarketplaceMeteringEndpointParameters.UseDualStack));

        if (parameters[nameof(AWSMarketplaceMeteringEndpointParameters.Endpoint)] is string custom)
            return new Endpoint(CheckCustom(custom, fips, dualStack));
        if (parameters[nameof(AWSMarketplaceMeteringEndpointParameters.Region)] is not string region)
            throw new AmazonClientException("Invalid Configuration: Missing Region");

        var partition = Fn.Partition(region);
        CheckSupport(partition, fips, dualStack);
        var suffix = dualStack ? partition.dualStackDnsSuffix : partition.dnsSuffix;
        return new Endpoint($"https://{PrefixIn(partition.name, fips, dualStack)}.{region}.{suffix}");
    }

    private static string PrefixIn(string partition, bool fips, bool dualStack) => (partition, fips, dualStack) switch
    {
        (_, true, _) => FipsPrefix,
        ("aws" or "aws-us-gov" or "aws-cn", false, true) => NewerPrefix,
        ("aws-eusc", false, false) => NewerPrefix,
        _ => Prefix,
    };

    private static string CheckCustom(string endpoint, bool fips, bool dualStack)
    {
        if (fips)
            throw new AmazonClientException("Invalid Configuration: FIPS and custom endpoint are not supported");
        if (dualStack)
            throw new AmazonClientException("Invalid Configuration: Dualstack and custom endpoint are not supported");
        return endpoint;
    }

    private static void CheckSupport(Partition partition, bool fips, bool dualStack)
    {
        var fipsMissing = fips && !partition.supportsFIPS;
        var dualStackMissing = dualStack && !partition.supportsDualStack;
        if (fips && dualStack && (fipsMissing || dualStackMissing))
        {
            throw new AmazonClientException(
                "FIPS and DualStack are enabled, but this partition does not support one or both");
        }
        if (fipsMissing)
            throw new AmazonClientException("FIPS is enabled but this partition does not support FIPS");
        if (dualStackMissing)
            throw new AmazonClientException("DualStack is enabled but this partition does not support DualStack");
    }

    private static bool Required(EndpointParameters parameters, string name) =>
        parameters[name] as bool?
        ?? throw new AmazonClientException($"{name} parameter must be set for endpoint resolution");
}
