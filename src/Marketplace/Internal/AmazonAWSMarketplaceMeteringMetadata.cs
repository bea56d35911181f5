using System.Collections.ObjectModel;
using Amazon.Runtime.Internal;

namespace Amazon.AWSMarketplaceMetering.Internal;

/// <summary>Names the service to AWSSDK.Core.</summary>
public partial class AmazonAWSMarketplaceMeteringMetadata : IServiceMetadata
{
    /// <summary>The service's id.</summary>
    public string ServiceId => AmazonAWSMarketplaceMeteringConfig.ServiceId;

    /// <summary>Operations whose name here differs from the service's: none.</summary>
    public IDictionary<string, string> OperationNameMapping => ReadOnlyDictionary<string, string>.Empty;
}
