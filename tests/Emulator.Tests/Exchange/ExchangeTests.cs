using System.Text;
using CsCheck;
using Tally.Emulator.Tests.Hosting;

namespace Tally.Emulator.Tests.Exchange;

public sealed class ExchangeTests
{
    private static readonly string[] Customers = ["cust-1", "cust-<&>\"'", "買い手"];

    [Fact]
    public Task Import_OfAnyExport_ExportsTheSame() => Gen
        .Select(Gen.Int[0, 2], Gen.Int[0, 9], Gen.Int[0, 3600 * 20])
        .List[0, 20]
        .SampleAsync(
            async usages =>
            {
                await using var fixture = await EmulatorFixture.StartAsync();
                await FillAsync(fixture, usages);
                var first = await ExportAsync(fixture.Emulator);
                var folder = Directory.CreateTempSubdirectory("emulator-");
                var options = new EmulatorOptions { DataDirectory = folder.FullName };
                await using (var durable = await EmulatorFixture.StartAsync(options))
                {
                    await ImportAsync(durable.Emulator, first);
                    Assert.Equal(first, await ExportAsync(durable.Emulator));
                }

                // What was taken over into a file is there again, and goes back into memory.
                await using (var again = await MarketplaceEmulator.StartAsync(options, fixture.Clock))
                {
                    var second = await ExportAsync(again);
                    await fixture.Emulator.ResetAsync();
                    await ImportAsync(fixture.Emulator, second);
                }

                Assert.Equal(first, await ExportAsync(fixture.Emulator));
                folder.Delete(recursive: true);
            },
            iter: 10);

    [Fact]
    public async Task Import_OverHttp_TakesEverythingOver()
    {
        await using var from = await EmulatorFixture.StartAsync();
        _ = await from.Caller.MeterAsync(EmulatorFixture.Product, from.Record(3));
        await from.Emulator.SetClockAsync(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        const string Points = """{"tokenLifetimeMinutes":7}""";
        _ = await from.Caller.SendAsync(HttpMethod.Put, "/_emulator/open-points", Points);
        var export = await from.Caller.SendAsync(HttpMethod.Get, "/_emulator/export");
        Assert.Equal((200, "application/json"), (export.Status, export.ContentType));

        await using var to = await MarketplaceEmulator.StartAsync();
        using var caller = new MeteringCaller(to.Endpoint);
        Assert.Equal(204, (await caller.SendAsync(HttpMethod.Post, "/_emulator/import", export.Body)).Status);
        Assert.Equal(3, Assert.Single(await to.ListRecordsAsync()).Quantity);
        var clock = await caller.SendAsync(HttpMethod.Get, "/_emulator/clock");
        Assert.Equal("2026-01-01T00:00:00+00:00", clock.Json.GetProperty("now").GetString());
        var points = await caller.SendAsync(HttpMethod.Get, "/_emulator/open-points");
        Assert.Equal(7, points.Json.GetProperty("tokenLifetimeMinutes").GetInt32());
        await to.SetClockAsync(from.Clock.GetUtcNow());
        Assert.Equal(["Success"], (await caller.MeterAsync(EmulatorFixture.Product, from.Record(3))).Statuses);
    }

    [Theory]
    [InlineData("\"format\": \"tally-marketplace-emulator\"", "\"format\": \"x\"", "$.format must be")]
    [InlineData("\"version\": 1", "\"version\": 2", "$.version is 2")]
    [InlineData("\"version\": 1", "\"version\": \"1\"", "$.version must be a whole number")]
    [InlineData("\"period\": \"01:00:00\"", "\"period\": \"00:01:00\"", "$.period must be 01:00:00")]
    [InlineData("\"flushMinutes\": 60", "\"flushMinutes\": -1", "$.openPoints: flushMinutes is -1")]
    [InlineData("\"product\": {", "\"produce\": {", "$.documents['produce'] is not a kind")]
    [InlineData("\"openToAll\":false", "\"openToAll\":7", "$.documents['product']['000000000000|prod-1']")]
    [InlineData("\"customerKey\"", "\"customer\"", "$.records[0].customer is not known")]
    [InlineData("\"quantity\": 3", "\"quantity\": -3", "$.records[0].record.quantity is -3")]
    [InlineData("\"quantity\": 3", "\"quantity\": 3.5", "$.records[0].record.quantity must be a whole number")]
    [InlineData("\"region\": \"us-east-1\"", "\"region\": \"\"", "$.records[0].record.region must be a text")]
    [InlineData("\"bucket\": 1795", "\"bucket\": 1794", "$.records[0].bucket is not that of")]
    [InlineData("\"records\": [", "\"records\": [null,", "$.records[0] must be an object")]
    [InlineData("\"records\": [", "\"records\": {", "$.records must be a list")]
    public async Task Import_Wrong_SaysWhereAndChangesNothing(string right, string wrong, string expected)
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        _ = await fixture.Caller.MeterAsync(EmulatorFixture.Product, fixture.Record(3));
        var before = await ExportAsync(fixture.Emulator);
        Assert.Contains(right, before, StringComparison.Ordinal);
        var body = before.Replace(right, wrong, StringComparison.Ordinal);
        var reply = await fixture.Caller.SendAsync(HttpMethod.Post, "/_emulator/import", body);
        Assert.Equal((400, "application/problem+json"), (reply.Status, reply.ContentType));
        Assert.Contains(expected, reply.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(before, await ExportAsync(fixture.Emulator));
    }

    [Fact]
    public async Task Import_TheSameKeyTwice_IsRefusedInCode()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        _ = await fixture.Caller.MeterAsync(EmulatorFixture.Product, fixture.Record(3));
        var export = await ExportAsync(fixture.Emulator);
        var record = Records(export).TrimEnd()[..^1].TrimEnd()[..^1];
        var twice = export.Replace("\"records\": [", $"\"records\": [{record},", StringComparison.Ordinal);
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => ImportAsync(fixture.Emulator, twice));
        Assert.Contains("$.records[1] has the key of an earlier record.", refused.Message, StringComparison.Ordinal);
    }

    private static async Task FillAsync(EmulatorFixture fixture, List<(int Customer, int Quantity, int Age)> usages)
    {
        await fixture.Emulator.DeclareProductAsync("open", "api_calls");
        foreach (var (customer, quantity, age) in usages)
        {
            var record = fixture.Record(quantity, Customers[customer], fixture.Now - age);
            _ = await fixture.Caller.MeterAsync("open", record);
        }

        const string Token = """{"productCode":"prod-1","customerIdentifier":"cust-1"}""";
        _ = await fixture.Caller.SendAsync(HttpMethod.Post, "/_emulator/tokens", Token);
        const string Agreement = """{"productCode":"prod-1","buyerAccountId":"210987654321"}""";
        _ = await fixture.Caller.SendAsync(HttpMethod.Post, "/_emulator/agreements", Agreement);
        while ((await ExportAsync(fixture.Emulator)).Contains("\"isHandedOver\":false", StringComparison.Ordinal))
            await Task.Delay(1); // polls for a condition
    }

    private static string Records(string export) =>
        export[(export.IndexOf("\"records\": [", StringComparison.Ordinal) + 12)..];

    private static async Task<string> ExportAsync(MarketplaceEmulator emulator)
    {
        using var stream = new MemoryStream();
        await emulator.ExportAsync(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static async Task ImportAsync(MarketplaceEmulator emulator, string export)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(export));
        await emulator.ImportAsync(stream);
    }
}
