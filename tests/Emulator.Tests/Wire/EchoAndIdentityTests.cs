using Tally.Emulator.Tests.Hosting;

namespace Tally.Emulator.Tests.Wire;

public sealed class EchoAndIdentityTests
{
    private const string Arn = "arn:aws:license-manager:us-east-1:123456789012:license:l-1";

    [Theory]
    [InlineData("1795429800", "1795429800")]
    [InlineData("1795429800.776", "1795429800.776")]
    [InlineData("1.7954298E9", "1795429800")]
    public async Task Meter_AnyFormOfTimestamp_IsAcceptedAndEchoed(string sent, string echoed)
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var reply = await MeterAsync(fixture, $$"""
            {"Timestamp":{{sent}},"CustomerIdentifier":"cust-1","Dimension":"api_calls","Unknown":{"a":1} }
            """);

        Assert.Equal(
            $$"""{"CustomerIdentifier":"cust-1","Dimension":"api_calls","Timestamp":{{echoed}}}""",
            reply.Json.GetProperty("Results")[0].GetProperty("UsageRecord").GetRawText());
        Assert.Equal(0, Assert.Single(await fixture.Emulator.ListRecordsAsync()).Quantity);
    }

    [Fact]
    public async Task Meter_Allocations_AreEchoedAsSent()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var record = $$"""
            {"CustomerIdentifier":"cust-1","Dimension":"api_calls","Quantity":3,"Timestamp":{{fixture.Now}},
            "UsageAllocations":[{"AllocatedUsageQuantity":1,"Tags":[{"Key":"k","Value":"v"}]},
            {"AllocatedUsageQuantity":2}]}
            """;
        var reply = await MeterAsync(fixture, record);

        Assert.Equal(
            record.ReplaceLineEndings(string.Empty),
            reply.Json.GetProperty("Results")[0].GetProperty("UsageRecord").GetRawText());
    }

    [Fact]
    public async Task Meter_Allocations_AreListedWithTheRecord()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        _ = await MeterAsync(fixture, $$"""
            {"CustomerIdentifier":"cust-1","Dimension":"api_calls","Quantity":3,"Timestamp":{{fixture.Now}},
            "UsageAllocations":[{"AllocatedUsageQuantity":1,"Tags":[{"Key":"k","Value":"v"}]},
            {"AllocatedUsageQuantity":2}]}
            """);
        var listed = await fixture.Caller.SendAsync(HttpMethod.Get, "/_emulator/records");

        Assert.Equal(
            """
            [{"allocatedUsageQuantity":1,"tags":[{"key":"k","value":"v"}]},{"allocatedUsageQuantity":2,"tags":[]}]
            """,
            listed.Json[0].GetProperty("usageAllocations").GetRawText());
        var record = Assert.Single(await fixture.Emulator.ListRecordsAsync());
        Assert.Equal([1, 2], record.UsageAllocations!.Select(allocation => allocation.AllocatedUsageQuantity));
    }

    [Fact]
    public async Task Meter_ByAccount_IsAnotherCustomerThanByIdentifier()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var reply = await MeterAsync(fixture, $$"""
            {"Timestamp":{{fixture.Now}},"CustomerAWSAccountId":"123456789012","Dimension":"api_calls","Quantity":1},
            {"Timestamp":{{fixture.Now}},"CustomerIdentifier":"123456789012","Dimension":"api_calls","Quantity":2}
            """);

        Assert.Equal(["Success", "Success"], reply.Statuses);
        Assert.Equal(2, (await fixture.Emulator.ListRecordsAsync(customer: "123456789012")).Count);
    }

    [Fact]
    public async Task Meter_ByLicenceWithoutProductCode_FindsTheProduct()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        await DeclareLicenceAsync(fixture);
        var reply = await fixture.Caller.MeterAsync($$"""{"UsageRecords":[{{Licensed(fixture, "123456789012")}}]}""");

        Assert.Equal(["Success"], reply.Statuses);
        var listed = Assert.Single(await fixture.Emulator.ListRecordsAsync("prod-1"));
        Assert.Equal((Arn, "123456789012"), (listed.LicenseArn, listed.CustomerAWSAccountId));
    }

    [Fact]
    public async Task Meter_LicenceOfSomebodyElse_IsRefused()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        await DeclareLicenceAsync(fixture);
        var reply = await fixture.Caller.MeterAsync($$"""{"UsageRecords":[{{Licensed(fixture, "210987654321")}}]}""");
        Assert.Equal("InvalidLicenseException", reply.ErrorCode);
    }

    [Fact]
    public async Task Meter_LicenceOfAnotherProduct_IsRefused()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        await DeclareLicenceAsync(fixture);
        const string OtherArn = $"{Arn}-other";
        await fixture.Emulator.DeclareProductAsync("prod-2", new ProductDeclaration
        {
            Dimensions = ["api_calls"],
            OpenToAll = true,
            Licenses = new Dictionary<string, string>(StringComparer.Ordinal) { [OtherArn] = "123456789012" },
        });
        var record = Licensed(fixture, "123456789012");
        var other = record.Replace(Arn, OtherArn, StringComparison.Ordinal);
        var mixed = await fixture.Caller.MeterAsync($$"""{"UsageRecords":[{{record}},{{other}}]}""");
        var named = await fixture.Caller.MeterAsync($$"""{"ProductCode":"prod-2","UsageRecords":[{{record}}]}""");

        Assert.Equal("InvalidLicenseException", mixed.ErrorCode);
        Assert.Equal("InvalidLicenseException", named.ErrorCode);
        Assert.Empty(await fixture.Emulator.ListRecordsAsync());
    }

    [Theory]
    [InlineData("InvalidProductCodeException", "")]
    [InlineData("InvalidLicenseException", ""","LicenseArn":"arn:aws:license-manager::1:license:l-9" """)]
    public async Task Meter_WithoutProductCodeAndOneBadRecord_IsRefusedWhereverItStands(string code, string license)
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        await DeclareLicenceAsync(fixture, openToAll: true);
        var good = Licensed(fixture, "123456789012");
        var bad = $$"""
            {"Timestamp":{{fixture.Now}},"CustomerIdentifier":"cust-1","Dimension":"api_calls"{{license}}}
            """;
        var first = await fixture.Caller.MeterAsync($$"""{"UsageRecords":[{{bad}},{{good}}]}""");
        var last = await fixture.Caller.MeterAsync($$"""{"UsageRecords":[{{good}},{{bad}}]}""");

        Assert.Equal((code, code), (first.ErrorCode, last.ErrorCode));
        Assert.Empty(await fixture.Emulator.ListRecordsAsync());
    }

    [Fact]
    public async Task Meter_NeitherProductCodeNorLicence_IsRefused()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var reply = await fixture.Caller.MeterAsync(
            """{"UsageRecords":[{"Timestamp":1,"CustomerIdentifier":"cust-1","Dimension":"api_calls"}]}""");
        Assert.Equal("InvalidProductCodeException", reply.ErrorCode);
    }

    [Fact]
    public async Task Meter_ShorterPeriod_DeduplicatesByIt()
    {
        await using var fixture = await EmulatorFixture.StartAsync(new() { Period = TimeSpan.FromMinutes(1) });
        var reply = await fixture.Caller.MeterAsync(
            EmulatorFixture.Product,
            fixture.Record(1, timestamp: fixture.Now),
            fixture.Record(2, timestamp: fixture.Now + 59),
            fixture.Record(2, timestamp: fixture.Now + 60));
        Assert.Equal(["Success", "DuplicateRecord", "Success"], reply.Statuses);
    }

    [Fact]
    public async Task Meter_ShorterPeriod_LooksAtMostOnePeriodAhead()
    {
        await using var fixture = await EmulatorFixture.StartAsync(new() { Period = TimeSpan.FromMinutes(1) });
        var reply = await fixture.Caller.MeterAsync(
            EmulatorFixture.Product, fixture.Record(1, timestamp: fixture.Now + 61));
        Assert.Equal("TimestampOutOfBoundsException", reply.ErrorCode);
    }

    private static Task<Reply> MeterAsync(EmulatorFixture fixture, string records) =>
        fixture.Caller.MeterAsync($$"""{"ProductCode":"prod-1","UsageRecords":[{{records}}]}""");

    private static Task DeclareLicenceAsync(EmulatorFixture fixture, bool openToAll = false) =>
        fixture.Emulator.DeclareProductAsync("prod-1", new ProductDeclaration
        {
            Dimensions = ["api_calls"],
            OpenToAll = openToAll,
            Licenses = new Dictionary<string, string>(StringComparer.Ordinal) { [Arn] = "123456789012" },
        });

    private static string Licensed(EmulatorFixture fixture, string account) =>
        $$"""
        {"Timestamp":{{fixture.Now}},"CustomerAWSAccountId":"{{account}}","LicenseArn":"{{Arn}}",
        "Dimension":"api_calls","Quantity":1}
        """;
}
