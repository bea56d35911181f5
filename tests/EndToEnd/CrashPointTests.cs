using System.Collections.Concurrent;
using Tally.Emulator;
using Tally.EndToEnd.Hosting;
using Tally.Grains.Delivery;

namespace Tally.EndToEnd;

/// <summary>
/// A real process, killed at each step between sealing and settlement while usage keeps coming, and started again. AWS
/// is another process, as far as it can tell, and sees all of it.
/// </summary>
public sealed class CrashPointTests
{
    private const int Customers = 40;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan StepMax = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task KilledAtEachStepOfDelivery_AwsHoldsExactlyWhatWasAcknowledged()
    {
        await using var tally = NewProcess();
        await using var aws = await MarketplaceEmulator.StartAsync(
            new() { Port = tally.EmulatorPort, Period = Period, Faults = new() { LoseAnswerRate = 0.1 } });
        await aws.DeclareProductAsync("search", ["calls", "gb"]);
        await tally.Start();
        await tally.Client.PutProduct("search", "calls", "gb");
        await tally.Kill();

        var acknowledged = new ConcurrentBag<Usage>();
        using var enough = new CancellationTokenSource();
        var sending = Task.Run(() => SendUntil(tally, acknowledged, enough.Token));
        foreach (var step in Enum.GetNames<DeliveryStep>())
        {
            await KillAt(step, tally);
        }

        await tally.Start();
        await enough.CancelAsync();
        await sending;
        await tally.Client.WaitUntilDelivered("search");
        await AssertBilled(tally, acknowledged);
    }

    private static TallyProcess NewProcess()
    {
        var tally = new TallyProcess("--serve", "--period", "00:00:02", "--seal-delay", "00:00:01");
        tally.Arguments =
            [.. tally.Arguments, "--marketplace-endpoint", $"http://127.0.0.1:{tally.EmulatorPort}"];
        tally.Environment["AWS_ACCESS_KEY_ID"] = "test";
        tally.Environment["AWS_SECRET_ACCESS_KEY"] = "test";

        // The hook is in this assembly, which refers to some that the platform doesn't have.
        tally.HostArguments =
        [
            "exec", "--depsfile", Path.Combine(AppContext.BaseDirectory, "Tally.EndToEnd.deps.json"),
            "--runtimeconfig", Path.Combine(AppContext.BaseDirectory, "Tally.Standalone.runtimeconfig.json"),
        ];
        return tally;
    }

    /// <summary>Starts the process, and waits until it has come to the step and is dead.</summary>
    private static async Task KillAt(string step, TallyProcess tally)
    {
        var reached = Path.GetTempFileName();
        tally.Environment["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location;
        tally.Environment[StartupHook.StepVariable] = step;
        tally.Environment[StartupHook.FileVariable] = reached;
        try
        {
            tally.Launch();
            await tally.WaitForExit(StepMax);
            Assert.True(await File.ReadAllTextAsync(reached) == step, $"{step} was not reached:\n{tally.Output}");
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"{step} was not reached:\n{tally.Output}");
        }
        finally
        {
            tally.Environment.Clear();
            tally.Environment["AWS_ACCESS_KEY_ID"] = "test";
            tally.Environment["AWS_SECRET_ACCESS_KEY"] = "test";
            File.Delete(reached);
        }
    }

    private static async Task SendUntil(
        TallyProcess tally, ConcurrentBag<Usage> acknowledged, CancellationToken enough)
    {
        var random = new Random(1);
        for (var batch = 0; !enough.IsCancellationRequested; batch++)
        {
            var usages = Enumerable.Range(0, 10).Select(number => new Usage(
                $"event-{batch}-{number}",
                "search",
                $"customer-{random.Next(Customers)}",
                random.Next(2) == 0 ? "gb" : "calls",
                random.Next(1, 5_000) / 100m)).ToList();
            await tally.Client.Send(usages);
            usages.ForEach(acknowledged.Add);
        }
    }

    private static async Task AssertBilled(TallyProcess tally, IReadOnlyCollection<Usage> acknowledged)
    {
        Assert.NotEmpty(acknowledged);
        foreach (var line in (await tally.Client.Reconciliation("search"))["dimensions"]!.AsArray())
        {
            Assert.Equal(0m, (decimal)line!["difference"]!);
            Assert.Equal(0m, (decimal)line["quarantined"]!);
        }

        // What is less than a unit is carried into the customer's next record, so AWS has the floor of the sum.
        var expected = acknowledged
            .GroupBy(usage => (usage.Product, usage.Customer, usage.Dimension))
            .ToDictionary(group => group.Key, group => (long)decimal.Floor(group.Sum(usage => usage.Quantity)));
        var billed = await tally.Emulator.Billed(Period);
        Assert.Equal(expected.OrderBy(pair => pair.Key), billed.OrderBy(pair => pair.Key));
    }
}
