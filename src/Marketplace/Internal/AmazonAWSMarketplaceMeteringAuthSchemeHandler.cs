using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;

namespace Amazon.AWSMarketplaceMetering.Internal;

/// <summary>Gives each request its signer and identity.</summary>
public class AmazonAWSMarketplaceMeteringAuthSchemeHandler : BaseAuthResolverHandler
{
    /// <summary>Chooses the way of signing.</summary>
    public AmazonAWSMarketplaceMeteringAuthSchemeResolver AuthSchemeResolver { get; } = new();

    /// <summary>Lists the ways a request may be signed, best first.</summary>
    /// <param name="executionContext">The request under way.</param>
    /// <returns>The ways; never empty.</returns>
    protected override List<IAuthSchemeOption> ResolveAuthOptions(IExecutionContext executionContext)
    {
        var context = executionContext.RequestContext;
        return AuthSchemeResolver.ResolveAuthScheme(new AmazonAWSMarketplaceMeteringAuthSchemeParameters
        {
            Operation = context.Request.RequestName,
            Region = context.ClientConfig.RegionEndpoint?.SystemName,
        });
    }
}
