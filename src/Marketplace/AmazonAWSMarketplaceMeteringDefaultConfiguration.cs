using System.Collections.ObjectModel;
using Amazon.Runtime;

namespace Amazon.AWSMarketplaceMetering;

/// <summary>
/// The sets of defaults that <see cref="ClientConfig.DefaultConfigurationMode"/> chooses from. They differ in how
/// long a connection may take to come about; the values are those that the AWS SDKs share.
/// </summary>
public static class AmazonAWSMarketplaceMeteringDefaultConfiguration
{
    /// <summary>Sound for most purposes: connects within 3.1 seconds.</summary>
    public static IDefaultConfiguration Standard { get; } = Make(DefaultConfigurationMode.Standard, 3_100);

    /// <summary>For callers in the region they call: connects within 1.1 seconds.</summary>
    public static IDefaultConfiguration InRegion { get; } = Make(DefaultConfigurationMode.InRegion, 1_100);

    /// <summary>For callers in another region: connects within 3.1 seconds.</summary>
    public static IDefaultConfiguration CrossRegion { get; } = Make(DefaultConfigurationMode.CrossRegion, 3_100);

    /// <summary>For callers on slow networks: connects within 30 seconds.</summary>
    public static IDefaultConfiguration Mobile { get; } = Make(DefaultConfigurationMode.Mobile, 30_000);

    /// <summary>Lets AWSSDK.Core find out where it runs, which may ask the instance's metadata service.</summary>
    public static IDefaultConfiguration Auto { get; } = Make(DefaultConfigurationMode.Auto, 1_100);

    /// <summary>Lists the five sets, for a configuration to choose from.</summary>
    /// <returns>A new collection.</returns>
    public static ReadOnlyCollection<IDefaultConfiguration> GetAllConfigurations() =>
        new([Standard, InRegion, CrossRegion, Mobile, Auto]);

    private static DefaultConfiguration Make(DefaultConfigurationMode name, int connectMilliseconds) => new()
    {
        Name = name,
        RetryMode = RequestRetryMode.Standard,
        S3UsEast1RegionalEndpoint = S3UsEast1RegionalEndpointValue.Regional,
        ConnectTimeout = TimeSpan.FromMilliseconds(connectMilliseconds),
        TlsNegotiationTimeout = TimeSpan.FromMilliseconds(connectMilliseconds),
    };
}
