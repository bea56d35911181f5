using Amazon.Runtime.Credentials.Internal;
using Amazon.Runtime.Internal.Auth;

namespace Amazon.AWSMarketplaceMetering.Internal;

/// <summary>
/// Chooses the way of signing: Signature Version 4 for every operation (service model, <c>auth</c>).
/// </summary>
public class AmazonAWSMarketplaceMeteringAuthSchemeResolver
    : IAuthSchemeResolver<AmazonAWSMarketplaceMeteringAuthSchemeParameters>
{
    /// <summary>Lists the ways a request may be signed, best first.</summary>
    /// <param name="authParameters">The operation and region; no matter which.</param>
    /// <returns>Signature Version 4 only.</returns>
    public List<IAuthSchemeOption> ResolveAuthScheme(AmazonAWSMarketplaceMeteringAuthSchemeParameters authParameters) =>
        AuthSchemeOption.DEFAULT_SIGV4;
}
