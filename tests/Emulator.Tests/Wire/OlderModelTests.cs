using Tally.Emulator.Tests.Hosting;

namespace Tally.Emulator.Tests.Wire;

/// <summary>The model of 2020: an hour, a product code, and customers by identifier.</summary>
public sealed class OlderModelTests
{
    private const string Arn = "arn:aws:license-manager:us-east-1:123456789012:license:l-1";
    private static readonly EmulatorOptions Older = new() { Rules = AcceptanceRules.Aws2020 };

    [Fact]
    public async Task Meter_AnHourAndASecondOld_IsOutOfBounds()
    {
        await using var fixture = await EmulatorFixture.StartAsync(Older);
        var reply = await fixture.Caller.MeterAsync(
            EmulatorFixture.Product, fixture.Record(1, timestamp: fixture.Now - 3601));
        Assert.Equal("TimestampOutOfBoundsException", reply.ErrorCode);
    }

    [Fact]
    public async Task Meter_ByAccountAlone_LacksTheIdentifier()
    {
        await using var fixture = await EmulatorFixture.StartAsync(Older);
        var reply = await fixture.Caller.MeterAsync(
            EmulatorFixture.Product,
            new { Timestamp = fixture.Now, CustomerAWSAccountId = "123456789012", Dimension = "api_calls" });

        Assert.Equal("ValidationException", reply.ErrorCode);
        Assert.Equal(
            "1 validation error detected: Value null at 'usageRecords.1.member.customerIdentifier' failed to satisfy "
            + "constraint: Member must not be null",
            reply.Message);
        Assert.Empty(await fixture.Emulator.ListRecordsAsync());
    }

    [Theory]
    [InlineData("""{"UsageRecords":[]}""", "Value null at 'productCode'")]
    [InlineData("""{"ProductCode":"","UsageRecords":[]}""", "Value '' at 'productCode'")]
    [InlineData(
        """{"ProductCode":"prod-1","UsageRecords":[{"Timestamp":1,"CustomerIdentifier":"","Dimension":"api_calls"}]}""",
        "Value '' at 'usageRecords.1.member.customerIdentifier'")]
    public async Task Meter_WithoutProductCodeOrIdentifier_IsRefused(string body, string expected)
    {
        await using var fixture = await EmulatorFixture.StartAsync(Older);
        var reply = await fixture.Caller.MeterAsync(body);
        Assert.Equal("ValidationException", reply.ErrorCode);
        Assert.Contains(expected, reply.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Meter_AccountAndLicenceBesideTheIdentifier_AreUnknownMembersAndIgnored()
    {
        await using var fixture = await EmulatorFixture.StartAsync(Older);
        var reply = await fixture.Caller.MeterAsync(EmulatorFixture.Product, new
        {
            Timestamp = fixture.Now,
            CustomerIdentifier = "cust-1",
            CustomerAWSAccountId = "12a",
            LicenseArn = Arn,
            Dimension = "api_calls",
        });

        Assert.Equal(["Success"], reply.Statuses);
        var listed = Assert.Single(await fixture.Emulator.ListRecordsAsync());
        Assert.Equal("cust-1", listed.CustomerIdentifier);
        Assert.Equal((null, null), (listed.CustomerAWSAccountId, listed.LicenseArn));
    }

    [Fact]
    public async Task Resolve_TokenWithAnAccount_AnswersTheIdentifierAndTheProduct()
    {
        await using var fixture = await EmulatorFixture.StartAsync(Older);
        var issued = await fixture.Caller.SendAsync(
            HttpMethod.Post,
            "/_emulator/tokens",
            $$"""
            {"productCode":"prod-1","customerIdentifier":"cust-1","customerAWSAccountId":"123456789012",
            "licenseArn":"{{Arn}}"}
            """);
        var refused = await fixture.Caller.SendAsync(
            HttpMethod.Post,
            "/_emulator/tokens",
            """{"productCode":"prod-1","customerAWSAccountId":"123456789012"}""");
        var reply = await fixture.Caller.ResolveAsync(issued.Json.GetProperty("token").GetString()!);

        Assert.Equal("""{"CustomerIdentifier":"cust-1","ProductCode":"prod-1"}""", reply.Body);
        Assert.Equal(400, refused.Status);
    }
}
