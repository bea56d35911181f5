using System.Collections.Concurrent;
using System.Net.Http.Json;
using Tally.EndToEnd.Hosting;

namespace Tally.EndToEnd;

/// <summary>Real processes, killed with kill -9 while they take events and deliver records.</summary>
public sealed class KillTests
{
    private const int Events = 50_000;
    private const int EventsPerRequest = 100;
    private const int Kills = 22;
    private const int Senders = 4;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task KilledTwentyTimesUnderLoad_AwsHoldsExactlyWhatWasAcknowledged()
    {
        await using var tally = new TallyProcess("--serve", "--period", "00:00:05", "--seal-delay", "00:00:01");
        await tally.Start();
        await tally.Client.PutProduct("search", "calls", "gb");
        await tally.Client.PutProduct("images", "calls", "gb");

        await Run(tally);
    }

    [Fact]
    public async Task KilledWhileAwsMisbehaves_AwsHoldsExactlyWhatWasAcknowledged()
    {
        await using var tally = new TallyProcess("--serve", "--period", "00:00:05", "--seal-delay", "00:00:01");
        await tally.Start();
        await tally.Client.PutProduct("search", "calls", "gb");
        await tally.Client.PutProduct("images", "calls", "gb");

        await Run(tally, kills: 5, events: 10_000, afterStart: async () =>
        {
            var faults = new
            {
                throttleRate = 0.2,
                errorRate = 0.1,
                unprocessedRate = 0.1,
                loseAnswerRate = 0.1,
                seed = 7,
            };
            using var response = await tally.Emulator.PutAsJsonAsync("_emulator/faults", faults);
            response.EnsureSuccessStatusCode();
        });
    }

    private static async Task Run(
        TallyProcess tally,
        int kills = Kills,
        int events = Events,
        Func<Task>? afterStart = null)
    {
        afterStart ??= () => Task.CompletedTask;
        await afterStart();
        var acknowledged = new ConcurrentBag<Usage>();
        var batches = new ConcurrentQueue<IReadOnlyList<Usage>>(Batches(events));
        var sent = 0;
        var senders = Enumerable.Range(0, Senders).Select(sender => Task.Run(async () =>
        {
            var random = new Random(sender);
            while (batches.TryDequeue(out var batch))
            {
                await tally.Client.Send(batch);
                foreach (var usage in batch)
                {
                    acknowledged.Add(usage);
                }

                Interlocked.Add(ref sent, batch.Count);
                if (random.Next(10) == 0)
                {
                    // What was acknowledged is known, whatever was killed in between.
                    Assert.Equal((0, batch.Count), await tally.Client.Send(batch));
                }
            }
        })).ToList();

        for (var kill = 1; kill <= kills; kill++)
        {
            var threshold = kill * (events / (kills + 2));
            await Poll.Until(() => Task.FromResult(Volatile.Read(ref sent) >= threshold), secondsMax: 300);
            await tally.Kill();
            await tally.Start();
            await afterStart();
        }

        await Task.WhenAll(senders);
        Assert.Equal(events, acknowledged.Count);
        await AssertDelivered(tally, acknowledged);
    }

    private static async Task AssertDelivered(TallyProcess tally, IReadOnlyCollection<Usage> acknowledged)
    {
        await tally.Client.WaitUntilDelivered("search");
        await tally.Client.WaitUntilDelivered("images");
        foreach (var product in new[] { "search", "images" })
        {
            foreach (var line in (await tally.Client.Reconciliation(product))["dimensions"]!.AsArray())
            {
                Assert.Equal(0m, (decimal)line!["difference"]!);
                var dimension = (string)line["dimension"]!;
                Assert.Equal(
                    acknowledged.Where(usage => (usage.Product, usage.Dimension) == (product, dimension))
                        .Sum(usage => usage.Quantity),
                    (decimal)line["accepted"]!);
            }
        }

        // What is less than a unit is carried into the customer's next record, so AWS has the floor of the sum.
        var expected = acknowledged
            .GroupBy(usage => (usage.Product, usage.Customer, usage.Dimension))
            .ToDictionary(group => group.Key, group => (long)decimal.Floor(group.Sum(usage => usage.Quantity)));
        var billed = await tally.Emulator.Billed(Period);
        Assert.Equal(expected.OrderBy(pair => pair.Key), billed.OrderBy(pair => pair.Key));
    }

    private static IEnumerable<IReadOnlyList<Usage>> Batches(int events)
    {
        var random = new Random(1);
        for (var first = 0; first < events; first += EventsPerRequest)
        {
            yield return
            [
                .. Enumerable.Range(first, EventsPerRequest).Select(id => new Usage(
                    $"event-{id}",
                    random.Next(2) == 0 ? "search" : "images",
                    $"customer-{random.Next(40)}",
                    random.Next(4) == 0 ? "gb" : "calls",
                    random.Next(4) == 0 ? random.Next(1, 4_000) / 100m : random.Next(1, 50))),
            ];
        }
    }
}
