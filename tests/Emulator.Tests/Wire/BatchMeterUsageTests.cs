using System.Globalization;
using Tally.Emulator.Tests.Hosting;

namespace Tally.Emulator.Tests.Wire;

public sealed class BatchMeterUsageTests
{
    [Fact]
    public async Task Meter_NewRecord_IsAcceptedEchoedAndListed()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var reply = await fixture.Caller.MeterAsync(EmulatorFixture.Product, fixture.Record(7));

        Assert.Equal(200, reply.Status);
        Assert.Equal("application/x-amz-json-1.1", reply.ContentType);
        Assert.True(Guid.TryParse(reply.RequestId, CultureInfo.InvariantCulture, out _));
        Assert.Equal(["Success"], reply.Statuses);
        Assert.Equal(0, reply.Json.GetProperty("UnprocessedRecords").GetArrayLength());
        var echo = reply.Json.GetProperty("Results")[0].GetProperty("UsageRecord");
        Assert.Equal(
            $$"""{"CustomerIdentifier":"cust-1","Dimension":"api_calls","Quantity":7,"Timestamp":{{fixture.Now}}}""",
            echo.GetRawText());
        var listed = Assert.Single(await fixture.Emulator.ListRecordsAsync());
        Assert.Equal(reply.RecordIds.Single(), listed.MeteringRecordId);
        Assert.Equal((7, EmulatorFixture.Start), (listed.Quantity, listed.Timestamp));
    }

    [Fact]
    public async Task Meter_SameQuantityInTheSameHour_IsTheSameRecord()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var first = await fixture.Caller.MeterAsync(EmulatorFixture.Product, fixture.Record(7));
        var again = await fixture.Caller.MeterAsync(
            EmulatorFixture.Product, fixture.Record(7, timestamp: fixture.Now - 1800));

        Assert.Equal(["Success"], again.Statuses);
        Assert.Equal(first.RecordIds, again.RecordIds);
        _ = Assert.Single(await fixture.Emulator.ListRecordsAsync());
    }

    [Fact]
    public async Task Meter_OtherQuantityInTheSameHour_IsADuplicateAndTheFirstStays()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        _ = await fixture.Caller.MeterAsync(EmulatorFixture.Product, fixture.Record(7));
        var other = await fixture.Caller.MeterAsync(EmulatorFixture.Product, fixture.Record(8));

        Assert.Equal(["DuplicateRecord"], other.Statuses);
        Assert.Equal(7, Assert.Single(await fixture.Emulator.ListRecordsAsync()).Quantity);
    }

    [Fact]
    public async Task Meter_CustomersWithoutAgreement_AreAnsweredOneByOne()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var reply = await fixture.Caller.MeterAsync(
            EmulatorFixture.Product,
            fixture.Record(1, "cust-2"),
            fixture.Record(2),
            fixture.Record(3, "nobody"));

        Assert.Equal(["CustomerNotSubscribed", "Success", "CustomerNotSubscribed"], reply.Statuses);
        Assert.Equal("cust-1", Assert.Single(await fixture.Emulator.ListRecordsAsync()).CustomerIdentifier);
    }
}
