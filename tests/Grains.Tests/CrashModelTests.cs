using Amazon.AWSMarketplaceMetering.Model;
using Tally.Contracts.Customers;
using Tally.Domain.Counting;
using Tally.Grains.Tests.Hosting;

namespace Tally.Grains.Tests;

/// <summary>
/// Everything that can fail does, at random but by a known seed: appends that store and say no, snapshots that fail,
/// lost answers, throttling, unprocessed records. In the end AWS holds what was acknowledged, to the unit.
/// </summary>
public sealed class CrashModelTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task EverythingFailsAtTimes_AwsHoldsExactlyWhatWasAcknowledged(int seed)
    {
        await using var tally = await TallyCluster.Start(configure: options => options.SnapshotEventsMin = 20);
        await tally.PutProduct("p", new("calls"), new("bytes"));
        var random = new Random(seed);
        var run = new Run(tally, random);
        Break(tally, random);

        for (var step = 0; step < 400; step++)
        {
            await run.Step();
        }

        Mend(tally);
        await run.PostUnacknowledged();
        await Retry.Until(async () =>
        {
            await tally.EndHour("p");
            await tally.EndHour("p");
            Assert.Equal(0, (await tally.Delivery("p").GetStatus()).ActiveCustomers);
        });
        Assert.Equal(run.Acknowledged.OrderBy(pair => pair.Key), tally.Aws.Billed().OrderBy(pair => pair.Key));
        Assert.All(tally.Aws.Sent.Values, sent => Assert.Single(sent));
        Assert.All(
            await tally.Delivery("p").GetBalances(),
            balance => Assert.True(balance.Balance.Difference.Micros == 0, $"{balance}"));
        Assert.True(tally.Journal.FailedAppends > 5, "The test must break something to prove anything.");
    }

    private static void Break(TallyCluster tally, Random random)
    {
        tally.Journal.Failures = () => random.Next(20) switch
        {
            0 => AppendFailure.StoreNothing,
            1 => AppendFailure.StoreAndSayNo,
            _ => AppendFailure.None,
        };
        tally.Storage.FailWrite = state => state is "customer" or "delivery" && random.Next(12) == 0;
        tally.Aws.BeforeStore = _ => random.Next(8) == 0
            ? throw new ThrottlingException("slow") { ErrorCode = "ThrottlingException" }
            : Task.CompletedTask;
        tally.Aws.AfterStore = _ => random.Next(8) == 0 ? throw new HttpRequestException("lost") : Task.CompletedTask;
        tally.Aws.LeaveUnprocessed = _ => random.Next(10) == 0;
    }

    private static void Mend(TallyCluster tally)
    {
        tally.Journal.Failures = null;
        tally.Storage.FailWrite = _ => false;
        tally.Aws.BeforeStore = _ => Task.CompletedTask;
        tally.Aws.AfterStore = _ => Task.CompletedTask;
        tally.Aws.LeaveUnprocessed = _ => false;
    }

    /// <summary>What callers do, and the model: what was acknowledged to them.</summary>
    private sealed class Run(TallyCluster tally, Random random)
    {
        private readonly List<(string Customer, UsageEvent[] Events)> _unacknowledged = [];
        private readonly List<(string Customer, UsageEvent[] Events)> _acknowledged = [];
        private long _nextId;

        /// <summary>The units that were acknowledged.</summary>
        public Dictionary<(string Customer, string Dimension), long> Acknowledged { get; } = [];

        /// <summary>Posts something new, or again, or lets time pass.</summary>
        public async Task Step()
        {
            switch (random.Next(10))
            {
                case < 6:
                    await PostNew();
                    break;
                case < 8 when _unacknowledged.Count > 0:
                    await Post(TakeUnacknowledged());
                    break;
                case < 9 when _acknowledged.Count > 0:
                    await Repeat(_acknowledged[random.Next(_acknowledged.Count)]);
                    break;
                default:
                    tally.Clock.Advance(TimeSpan.FromMinutes(random.Next(1, 40)));
                    await tally.Delivery("p").Flush();
                    break;
            }
        }

        public async Task PostUnacknowledged()
        {
            while (_unacknowledged.Count > 0)
            {
                await Post(TakeUnacknowledged());
            }
        }

        private Task PostNew()
        {
            var customer = $"c{random.Next(12)}";
            var now = tally.Clock.GetUtcNow();
            var events = Enumerable.Range(0, random.Next(1, 6)).Select(_ => Event(now)).ToArray();
            return Post((customer, events));
        }

        private UsageEvent Event(DateTimeOffset now) =>
            new(_nextId++, random.Next(1, 9), now.AddMinutes(-random.Next(300)), random.Next(2));

        private async Task Post((string Customer, UsageEvent[] Events) batch)
        {
            try
            {
                var reply = await tally.Customer("p", batch.Customer).Post(UsageEvents.Batch(batch.Events));
                Assert.All(
                    reply.Statuses.ToArray(),
                    status => Assert.True(status is (byte)CountStatus.Counted or (byte)CountStatus.Duplicate));
                _acknowledged.Add(batch);
                foreach (var counted in batch.Events)
                {
                    var key = (batch.Customer, counted.Ordinal == 0 ? "calls" : "bytes");
                    Acknowledged[key] = Acknowledged.GetValueOrDefault(key) + counted.Units;
                }
            }
            catch (UsageStoreUnavailableException)
            {
                _unacknowledged.Add(batch);
            }
            catch (Orleans.Runtime.OrleansException)
            {
                _unacknowledged.Add(batch);
            }
        }

        private async Task Repeat((string Customer, UsageEvent[] Events) batch)
        {
            try
            {
                var reply = await tally.Customer("p", batch.Customer).Post(UsageEvents.Batch(batch.Events));
                Assert.All(reply.Statuses.ToArray(), status => Assert.Equal((byte)CountStatus.Duplicate, status));
                Assert.Equal(batch.Events.Length, reply.Statuses.Length);
            }
            catch (UsageStoreUnavailableException)
            {
                // A repetition that isn't answered changes nothing; the end of the test would show it if it did.
                Assert.NotEmpty(_acknowledged);
            }
        }

        private (string Customer, UsageEvent[] Events) TakeUnacknowledged()
        {
            var at = random.Next(_unacknowledged.Count);
            var batch = _unacknowledged[at];
            _unacknowledged.RemoveAt(at);
            return batch;
        }
    }
}
