using System.Diagnostics;
using System.Net;
using Tally.EndToEnd.Hosting;

namespace Tally.EndToEnd;

/// <summary>Starting, stopping and starting again, as a person or a service manager does.</summary>
public sealed class LifeTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Stop_AndStart_GoesOnWhereItWas(bool likeAServiceManager)
    {
        await using var tally = new TallyProcess("--serve", "--period", "00:00:05", "--seal-delay", "00:00:01");
        await tally.Start();
        await tally.Client.PutProduct("p", "calls");
        await tally.Client.Send([new("1", "p", "c", "calls", 3), new("2", "p", "c", "calls", 4)]);

        Assert.Equal(0, await tally.Stop(likeAServiceManager));
        await tally.Start();
        Assert.Equal((1, 1), await tally.Client.Send([new("2", "p", "c", "calls", 4), new("3", "p", "c", "calls", 5)]));
        await tally.Client.WaitUntilDelivered("p");

        Assert.Equal(12, (await tally.Emulator.Billed(TimeSpan.FromSeconds(5)))[("p", "c", "calls")]);
    }

    [Fact]
    public async Task Demo_ShowsDeliveredRecords_AndStopsCleanly()
    {
        await using var tally = new TallyProcess("--period", "00:00:10", "--seal-delay", "00:00:01");
        await tally.Start();
        await Poll.Until(() => Task.FromResult(
            tally.Output.Split('\n').Any(line =>
                line.StartsWith("Search API", StringComparison.Ordinal)
                && line.Contains("difference 0", StringComparison.Ordinal)
                && !line.Contains("delivered 0 ", StringComparison.Ordinal))));

        Assert.Equal(0, await tally.Stop());
        Assert.DoesNotContain("   at ", tally.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AdminKey_NotGiven_IsMadeAndPrintedOnce()
    {
        await using var tally = new TallyProcess("--serve") { GivesAdminKey = false };
        await tally.Start();
        var line = Assert.Single(tally.Output.Split('\n'), ShowsTheKey);
        var key = line.Split(' ')[^1];
        await tally.Stop();
        await tally.Start();

        Assert.Single(tally.Output.Split('\n'), ShowsTheKey);
        using var response = await tally.Client.GetAsync("v1/products");
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        tally.Client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        using var allowed = await tally.Client.GetAsync("v1/products");
        Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
    }

    [Fact]
    public async Task Start_ShortPeriodAgainstAws_IsRefused()
    {
        await using var tally = new TallyProcess("--serve", "--no-emulator", "--period", "00:01:00");

        Assert.Equal(2, await tally.RunToEnd());
        Assert.Contains("against AWS the period must be 01:00:00", tally.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_OtherPeriodThanTheData_IsRefused()
    {
        await using var tally = new TallyProcess("--serve", "--period", "00:00:05");
        await tally.Start();
        await tally.Stop();
        tally.Arguments = ["--serve", "--period", "00:00:10"];

        Assert.Equal(2, await tally.RunToEnd());
        Assert.Contains("period", tally.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", tally.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_PortInUse_SaysSoWithoutAStackTrace()
    {
        await using var tally = new TallyProcess("--serve");
        await tally.Start();
        await using var second = new TallyProcess("--serve", "--port", $"{tally.Port}");

        Assert.Equal(1, await second.RunToEnd());
        Assert.Contains($"{tally.Port}", second.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", second.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restart_WithAMillionJournaledEvents_IsReadyWithinTenSeconds()
    {
        await using var tally = new TallyProcess("--serve");
        await tally.Start();
        await tally.Client.PutProduct("p", "calls");
        for (var request = 0; request < 50; request++)
        {
            var first = request * 20_000;
            await tally.Client.Send([.. Enumerable.Range(first, 20_000)
                .Select(id => new Usage($"{id}", "p", $"customer-{id % 2_000}", "calls", 1))]);
        }

        await tally.Kill();
        var clock = Stopwatch.StartNew();
        await tally.Start();
        Assert.Equal((1, 1), await tally.Client.Send(
            [new("999999", "p", "customer-1999", "calls", 1), new("new", "p", "customer-1999", "calls", 1)]));

        // Not a measurement: the bound is the product's promise, and several times what it takes.
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        var line = (await tally.Client.Reconciliation("p"))["dimensions"]!.AsArray().Single();
        Assert.Equal(1_000_001m, (decimal)line!["accepted"]!);
        Assert.Equal(0m, (decimal)line["difference"]!);
    }

    private static bool ShowsTheKey(string line) => line.Contains("shown this once", StringComparison.Ordinal);
}
