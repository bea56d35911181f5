using Amazon.Runtime.Endpoints;

namespace Amazon.AWSMarketplaceMetering.Endpoints;

/// <summary>
/// What an endpoint is chosen by. An <see cref="IEndpointProvider"/> set on the configuration receives these.
/// </summary>
public class AWSMarketplaceMeteringEndpointParameters : EndpointParameters
{
    /// <summary>Starts with a single-stack endpoint without FIPS.</summary>
    public AWSMarketplaceMeteringEndpointParameters()
    {
        UseDualStack = false;
        UseFIPS = false;
    }

    /// <summary>Whether the endpoint must also be reachable over IPv6; required.</summary>
    public bool? UseDualStack
    {
        get => (bool?)this[nameof(UseDualStack)];
        set => this[nameof(UseDualStack)] = value;
    }

    /// <summary>Whether the endpoint must use validated cryptography (FIPS 140); required.</summary>
    public bool? UseFIPS
    {
        get => (bool?)this[nameof(UseFIPS)];
        set => this[nameof(UseFIPS)] = value;
    }

    /// <summary>A URL to use instead of AWS's, or null.</summary>
    public string Endpoint
    {
        get => (string)this[nameof(Endpoint)];
        set => this[nameof(Endpoint)] = value;
    }

    /// <summary>The region to call; required unless <see cref="Endpoint"/> is set.</summary>
    public string Region
    {
        get => (string)this[nameof(Region)];
        set => this[nameof(Region)] = value;
    }
}
