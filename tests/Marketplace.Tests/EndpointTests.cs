using Amazon.AWSMarketplaceMetering.Endpoints;
using Amazon.AWSMarketplaceMetering.Internal;
using Amazon.AWSMarketplaceMetering.Model;
using Amazon.AWSMarketplaceMetering.Tests.Stub;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;

namespace Amazon.AWSMarketplaceMetering.Tests;

/// <summary>Where requests go, by partition and by what is asked of the endpoint.</summary>
public sealed class EndpointTests
{
    private static readonly AmazonAWSMarketplaceMeteringEndpointProvider Provider = new();

    [Theory]
    [InlineData("us-east-1", false, false, "metering.marketplace.us-east-1.amazonaws.com")]
    [InlineData("us-east-1", false, true, "metering-marketplace.us-east-1.api.aws")]
    [InlineData("us-east-1", true, false, "metering.marketplace-fips.us-east-1.amazonaws.com")]
    [InlineData("us-east-1", true, true, "metering.marketplace-fips.us-east-1.api.aws")]
    [InlineData("eu-central-2", false, false, "metering.marketplace.eu-central-2.amazonaws.com")]
    [InlineData("us-gov-west-1", false, false, "metering.marketplace.us-gov-west-1.amazonaws.com")]
    [InlineData("us-gov-west-1", false, true, "metering-marketplace.us-gov-west-1.api.aws")]
    [InlineData("us-gov-west-1", true, false, "metering.marketplace-fips.us-gov-west-1.amazonaws.com")]
    [InlineData("us-gov-west-1", true, true, "metering.marketplace-fips.us-gov-west-1.api.aws")]
    [InlineData("cn-northwest-1", false, false, "metering.marketplace.cn-northwest-1.amazonaws.com.cn")]
    [InlineData("cn-northwest-1", false, true, "metering-marketplace.cn-northwest-1.api.amazonwebservices.com.cn")]
    [InlineData("cn-northwest-1", true, false, "metering.marketplace-fips.cn-northwest-1.amazonaws.com.cn")]
    [InlineData("cn-northwest-1", true, true,
        "metering.marketplace-fips.cn-northwest-1.api.amazonwebservices.com.cn")]
    [InlineData("eusc-de-east-1", false, false, "metering-marketplace.eusc-de-east-1.amazonaws.eu")]
    [InlineData("eusc-de-east-1", false, true, "metering.marketplace.eusc-de-east-1.api.amazonwebservices.eu")]
    [InlineData("eusc-de-east-1", true, false, "metering.marketplace-fips.eusc-de-east-1.amazonaws.eu")]
    [InlineData("us-iso-east-1", false, false, "metering.marketplace.us-iso-east-1.c2s.ic.gov")]
    [InlineData("us-iso-east-1", true, false, "metering.marketplace-fips.us-iso-east-1.c2s.ic.gov")]
    [InlineData("us-isob-east-1", false, false, "metering.marketplace.us-isob-east-1.sc2s.sgov.gov")]
    [InlineData("eu-isoe-west-1", false, false, "metering.marketplace.eu-isoe-west-1.cloud.adc-e.uk")]
    [InlineData("us-isof-south-1", false, false, "metering.marketplace.us-isof-south-1.csp.hci.ic.gov")]
    public void DetermineServiceOperationEndpoint_Region_FollowsTheServicesRules(
        string region, bool fips, bool dualStack, string host)
    {
        using var client = new AmazonAWSMarketplaceMeteringClient(
            new BasicAWSCredentials("a", "b"),
            new AmazonAWSMarketplaceMeteringConfig
            {
                RegionEndpoint = RegionEndpoint.GetBySystemName(region),
                UseFIPSEndpoint = fips,
                UseDualstackEndpoint = dualStack,
                IgnoreConfiguredEndpointUrls = true,
            });

        var endpoint = client.DetermineServiceOperationEndpoint(new BatchMeterUsageRequest());

        Assert.Equal($"https://{host}/", endpoint.URL);
    }

    [Fact]
    public void DetermineServiceOperationEndpoint_AlternateRegion_WinsOverTheConfigured()
    {
        var config = new AmazonAWSMarketplaceMeteringConfig
        {
            RegionEndpoint = RegionEndpoint.USEast1,
            IgnoreConfiguredEndpointUrls = true,
        };

        var endpoint = config.DetermineServiceOperationEndpoint(
            new ServiceOperationEndpointParameters(new MeterUsageRequest(), RegionEndpoint.EUWest1));

        Assert.Equal("https://metering.marketplace.eu-west-1.amazonaws.com/", endpoint.URL);
    }

    [Theory]
    [InlineData(true, false, "Invalid Configuration: FIPS and custom endpoint are not supported")]
    [InlineData(false, true, "Invalid Configuration: Dualstack and custom endpoint are not supported")]
    public async Task Call_CustomEndpointWithFipsOrDualStack_IsRefused(bool fips, bool dualStack, string message)
    {
        await using var service = await StubService.StartAsync();
        using var client = service.Client(config =>
        {
            config.UseFIPSEndpoint = fips;
            config.UseDualstackEndpoint = dualStack;
        });

        var exception = await Assert.ThrowsAsync<AmazonClientException>(
            () => client.ResolveCustomerAsync(new ResolveCustomerRequest()));

        Assert.Equal(message, exception.Message);
        Assert.Empty(service.Requests);
    }

    [Fact]
    public void ResolveEndpoint_NeitherRegionNorEndpoint_IsRefused()
    {
        var exception = Assert.Throws<AmazonClientException>(
            () => Provider.ResolveEndpoint(new AWSMarketplaceMeteringEndpointParameters()));

        Assert.Equal("Invalid Configuration: Missing Region", exception.Message);
    }

    [Theory]
    [InlineData(nameof(AWSMarketplaceMeteringEndpointParameters.UseFIPS))]
    [InlineData(nameof(AWSMarketplaceMeteringEndpointParameters.UseDualStack))]
    public void ResolveEndpoint_RequiredParameterMissing_IsRefused(string name)
    {
        var parameters = new AWSMarketplaceMeteringEndpointParameters { Region = "us-east-1" };
        parameters[name] = null;

        var exception = Assert.Throws<AmazonClientException>(() => Provider.ResolveEndpoint(parameters));

        Assert.Contains(name, exception.Message);
    }

    [Fact]
    public async Task Call_CustomEndpointWithAPath_KeepsIt()
    {
        await using var service = await StubService.StartAsync();
        using var client = service.Client(config => config.ServiceURL = service.Url + "/metering");

        _ = await client.ResolveCustomerAsync(new ResolveCustomerRequest());

        Assert.StartsWith("/metering", service.Requests[0].Path);
    }

    [Fact]
    public async Task Call_CustomEndpointWithoutAuthenticationRegion_IsSignedForUsEast1()
    {
        await using var service = await StubService.StartAsync();
        using var client = service.Client(config => config.AuthenticationRegion = null);

        _ = await client.ResolveCustomerAsync(new ResolveCustomerRequest());

        Assert.Contains("/us-east-1/aws-marketplace/", Signature.Of(service.Requests[0]).Scope);
    }

    [Fact]
    public async Task Call_OwnEndpointProvider_IsAsked()
    {
        await using var service = await StubService.StartAsync();
        var provider = new FixedEndpoint(service.Url);
        using var client = new AmazonAWSMarketplaceMeteringClient(
            new BasicAWSCredentials("a", "b"),
            new AmazonAWSMarketplaceMeteringConfig
            {
                RegionEndpoint = RegionEndpoint.APSoutheast2,
                EndpointProvider = provider,
                IgnoreConfiguredEndpointUrls = true,
            });

        _ = await client.ResolveCustomerAsync(new ResolveCustomerRequest());

        Assert.Equal("ap-southeast-2", provider.Asked!.Region);
        Assert.Contains("/ap-southeast-2/", Signature.Of(service.Requests[0]).Scope);
    }

    private sealed class FixedEndpoint(string url) : IEndpointProvider
    {
        public AWSMarketplaceMeteringEndpointParameters? Asked { get; private set; }

        public Endpoint ResolveEndpoint(EndpointParameters parameters)
        {
            Asked = (AWSMarketplaceMeteringEndpointParameters)parameters;
            return new Endpoint(url);
        }
    }
}
