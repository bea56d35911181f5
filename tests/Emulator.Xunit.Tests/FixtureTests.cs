using System.Text;

namespace Tally.Emulator.Xunit.Tests;

public sealed class FixtureTests(MarketplaceEmulatorFixture plain, FixtureTests.WithAProduct fixture)
    : IClassFixture<MarketplaceEmulatorFixture>, IClassFixture<FixtureTests.WithAProduct>
{
    [Fact]
    public async Task Fixture_WithOptions_MetersTheirProduct()
    {
        using var http = new HttpClient { BaseAddress = fixture.Endpoint };
        var timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(
            $$"""
            {"ProductCode":"prod-7","UsageRecords":[
              {"Timestamp":{{timestamp}},"CustomerIdentifier":"c","Dimension":"d","Quantity":7}]}
            """));
        content.Headers.ContentType = new("application/x-amz-json-1.1");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = content };
        request.Headers.Add("X-Amz-Target", "AWSMPMeteringService.BatchMeterUsage");
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode);
        var records = await fixture.Emulator.ListRecordsAsync(
            "prod-7", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(7, Assert.Single(records).Quantity);
    }

    [Fact]
    public void Fixtures_OfOneClass_AreEmulatorsOfTheirOwn() => Assert.NotEqual(plain.Endpoint, fixture.Endpoint);

    [Fact]
    public async Task Emulator_BeforeTheStart_SaysSo()
    {
        await using var idle = new MarketplaceEmulatorFixture();
        _ = Assert.Throws<InvalidOperationException>(() => idle.Emulator);
    }

    /// <summary>One that a user of the package would write.</summary>
    public sealed class WithAProduct : ConfiguredEmulatorFixture
    {
        protected override EmulatorOptions Options => new()
        {
            Products = new Dictionary<string, ProductDeclaration>(StringComparer.Ordinal)
            {
                ["prod-7"] = new() { Dimensions = ["d"], OpenToAll = true },
            },
        };
    }
}
