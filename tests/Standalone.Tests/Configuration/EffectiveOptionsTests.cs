using Tally.Silo.Metering;
using Tally.Standalone.Configuration;

namespace Tally.Standalone.Tests.Configuration;

/// <summary>What options come to together.</summary>
public sealed class EffectiveOptionsTests
{
    private const string Aws = "https://metering.marketplace.eu-west-1.amazonaws.com/";
    private const string Other = "http://localhost:8090/";

    [Theory]
    [InlineData(false, null, "00:01:00")]
    [InlineData(true, null, "01:00:00")]
    [InlineData(false, "00:00:10", "00:00:10")]
    [InlineData(true, "00:00:10", "00:00:10")]
    public void EffectivePeriod_IsTheGivenOneOrFollowsServe(bool serve, string? given, string expected)
    {
        var options = new StandaloneOptions { Serve = serve, Period = Time(given) };
        Assert.Equal(Time(expected), options.EffectivePeriod);
    }

    [Theory]
    [InlineData(false, null, "00:00:05")]
    [InlineData(true, null, "00:05:00")]
    [InlineData(false, "00:00:00", "00:00:00")]
    [InlineData(true, "02:00:00", "02:00:00")]
    public void EffectiveSealDelay_IsTheGivenOneOrFollowsServe(bool serve, string? given, string expected)
    {
        var options = new StandaloneOptions { Serve = serve, SealDelay = Time(given) };
        Assert.Equal(Time(expected), options.EffectiveSealDelay);
    }

    [Theory]
    [InlineData(false, null, true, false)]
    [InlineData(false, Other, false, false)]
    [InlineData(false, Aws, false, true)]
    [InlineData(true, null, false, true)]
    [InlineData(true, Other, false, false)]
    [InlineData(true, Aws, false, true)]
    public void UsesEmulatorAndUsesAws_FollowSwitchAndEndpoint(
        bool noEmulator,
        string? endpoint,
        bool usesEmulator,
        bool usesAws)
    {
        var options = new StandaloneOptions
        {
            NoEmulator = noEmulator,
            MarketplaceEndpoint = endpoint is null ? null : new Uri(endpoint),
        };
        Assert.Equal((usesEmulator, usesAws), (options.UsesEmulator, options.UsesAws));
    }

    [Theory]
    [InlineData("https://metering.marketplace.us-east-1.amazonaws.com")]
    [InlineData("https://METERING.MARKETPLACE.US-EAST-1.AMAZONAWS.COM:8443/path")]
    [InlineData("http://metering.marketplace.us-gov-west-1.amazonaws.com")]
    [InlineData("https://metering-marketplace.us-east-1.api.aws")]
    [InlineData("https://metering.marketplace.cn-northwest-1.amazonaws.com.cn")]
    [InlineData("https://metering-marketplace.cn-north-1.api.amazonwebservices.com.cn")]
    [InlineData("https://metering.marketplace.eusc-de-east-1.amazonaws.eu")]
    [InlineData("https://amazonaws.com")]
    public void IsAws_AddressInAPartition_Is(string address) => Assert.True(AwsEndpoints.IsAws(new(address)));

    [Theory]
    [InlineData("https://amazonaws.com.evil.example")]
    [InlineData("https://notamazonaws.com")]
    [InlineData("https://myapi.aws")]
    [InlineData("https://amazonaws.org")]
    [InlineData("https://evil.example/amazonaws.com")]
    [InlineData("https://amazonaws.com@evil.example")]
    [InlineData("https://evil.example?.amazonaws.com")]
    [InlineData("http://localhost:8090")]
    [InlineData("http://127.0.0.1")]
    public void IsAws_AnyOtherAddress_IsNot(string address) => Assert.False(AwsEndpoints.IsAws(new(address)));

    private static TimeSpan? Time(string? text) =>
        text is null ? null : TimeSpan.ParseExact(text, "c", formatProvider: null);
}
