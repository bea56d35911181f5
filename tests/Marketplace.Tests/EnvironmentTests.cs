using Amazon.AWSMarketplaceMetering.Model;
using Amazon.AWSMarketplaceMetering.Tests.Stub;

namespace Amazon.AWSMarketplaceMetering.Tests;

/// <summary>What the client takes from the process around it; runs alone, as all tests share that process.</summary>
[CollectionDefinition(nameof(EnvironmentTests), DisableParallelization = true)]
[Collection(nameof(EnvironmentTests))]
public sealed class EnvironmentTests : IDisposable
{
    private const string OwnVariable = "AWS_ENDPOINT_URL_MARKETPLACE_METERING";
    private const string SharedVariable = "AWS_ENDPOINT_URL";
    private const string ZoneVariable = "TZ";

    private static readonly DateTime Noon = new(2026, 9, 1, 12, 0, 0, DateTimeKind.Utc);

    private readonly Dictionary<string, string?> _before = [];

    public void Dispose()
    {
        foreach (var (name, value) in _before)
            Environment.SetEnvironmentVariable(name, value);
        TimeZoneInfo.ClearCachedData();
        AWSConfigs.InitializeCollections = false;
    }

    [Theory]
    [InlineData(OwnVariable)]
    [InlineData(SharedVariable)]
    public async Task Call_EndpointInTheEnvironment_GoesThere(string variable)
    {
        await using var service = await StubService.StartAsync();
        Set(variable, service.Url);
        using var client = new AmazonAWSMarketplaceMeteringClient(
            "a", "b", new AmazonAWSMarketplaceMeteringConfig { AuthenticationRegion = "eu-north-1" });

        _ = await client.ResolveCustomerAsync(new ResolveCustomerRequest());

        Assert.Contains("/eu-north-1/aws-marketplace/", Signature.Of(Assert.Single(service.Requests)).Scope);
    }

    [Fact]
    public async Task Call_EndpointInTheEnvironmentAndRegionByHand_GoesToTheEndpoint()
    {
        await using var service = await StubService.StartAsync();
        Set(OwnVariable, service.Url);
        using var client = new AmazonAWSMarketplaceMeteringClient("a", "b", RegionEndpoint.EUNorth1);

        _ = await client.ResolveCustomerAsync(new ResolveCustomerRequest());

        // So says AWSSDK.Core: with an endpoint of unknown region the region configured doesn't count.
        Assert.Contains("/us-east-1/aws-marketplace/", Signature.Of(Assert.Single(service.Requests)).Scope);
    }

    [Fact]
    public void Config_BothVariables_TakesTheServicesOwn()
    {
        Set(OwnVariable, "http://own.test/");
        Set(SharedVariable, "http://shared.test/");

        Assert.Equal("http://own.test/", new AmazonAWSMarketplaceMeteringConfig().ServiceURL);
    }

    [Fact]
    public void Config_ServiceUrlSetByHand_WinsOverTheEnvironment()
    {
        Set(OwnVariable, "http://own.test/");

        var config = new AmazonAWSMarketplaceMeteringConfig { ServiceURL = "http://hand.test/" };

        Assert.Equal("http://hand.test/", config.ServiceURL);
    }

    [Fact]
    public void Config_ConfiguredEndpointsIgnored_TakesNoneFromTheEnvironment()
    {
        Set(OwnVariable, "http://own.test/");

        Assert.Null(new AmazonAWSMarketplaceMeteringConfig { IgnoreConfiguredEndpointUrls = true }.ServiceURL);
    }

    [Fact]
    public async Task MeterUsage_MachineInAnotherTimeZone_SendsTheSameMoment()
    {
        MoveToNewYorkOrSkip();
        await using var service = await StubService.StartAsync();
        using var client = service.Client();

        foreach (var same in new[] { Noon, Noon.ToLocalTime(), DateTime.SpecifyKind(Noon, DateTimeKind.Unspecified) })
            _ = await client.MeterUsageAsync(new MeterUsageRequest { Timestamp = same });

        Assert.All(
            service.Requests, sent => Assert.Equal(1_788_264_000, sent.Json["Timestamp"]!.GetValue<long>()));
    }

    [Theory]
    [InlineData("1788264000")]
    [InlineData("\"2026-09-01T12:00:00\"")]
    public async Task RegisterUsage_MachineInAnotherTimeZone_ReadsTheSameMoment(string timestamp)
    {
        MoveToNewYorkOrSkip();
        await using var service = await StubService.StartAsync(
            Answer.Ok($$"""{"PublicKeyRotationTimestamp":{{timestamp}}}"""));
        using var client = service.Client();

        var response = await client.RegisterUsageAsync(new RegisterUsageRequest());

        Assert.Equal(Noon, response.PublicKeyRotationTimestamp);
    }

    [Fact]
    public async Task Lists_CollectionsInitialized_StartEmptyAndAreLeftOut()
    {
        AWSConfigs.InitializeCollections = true;
        await using var service = await StubService.StartAsync();
        using var client = service.Client();
        var request = new BatchMeterUsageRequest();
        request.UsageRecords.Add(new UsageRecord { Dimension = "d" });

        var response = await client.BatchMeterUsageAsync(request);

        Assert.Equal("""{"UsageRecords":[{"Dimension":"d"}]}""", service.Requests[0].Text);
        Assert.Empty(response.Results);
        Assert.Empty(response.UnprocessedRecords);
    }

    private void MoveToNewYorkOrSkip()
    {
        Set(ZoneVariable, "America/New_York");
        TimeZoneInfo.ClearCachedData();
        Assert.SkipUnless(Noon.ToLocalTime().Hour == 8, "no time zone data on this machine");
    }

    private void Set(string name, string value)
    {
        _ = _before.TryAdd(name, Environment.GetEnvironmentVariable(name));
        Environment.SetEnvironmentVariable(name, value);
    }
}
