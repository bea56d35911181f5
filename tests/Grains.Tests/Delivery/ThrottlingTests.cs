using Amazon.AWSMarketplaceMetering.Model;
using Tally.Grains.Tests.Hosting;

namespace Tally.Grains.Tests.Delivery;

/// <summary>Calls are let out by one throttle for all products, in virtual time.</summary>
public sealed class ThrottlingTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    [Fact]
    public async Task Sending_MoreThanTheQuota_ConvergesToTheQuotaWithFewRefusals()
    {
        await using var tally = await TallyCluster.Start();
        var calls = new CallLog(tally) { QuotaPerSecond = 10 };
        await Fill(tally, "p", 4_000);
        tally.Clock.Advance(TallyCluster.Period);
        await Run(tally, TimeSpan.FromSeconds(15), "p");

        // In the last six seconds the rate is found: of the 60 calls that the quota allows most are used.
        var late = calls.Since(TimeSpan.FromSeconds(6));
        var taken = late.Count(call => !call.IsRefused);
        Assert.InRange(taken, 42, 65);
        Assert.InRange(late.Count - taken, 0, 12);
        Assert.Contains(calls.All, call => call.IsRefused);
    }

    [Fact]
    public async Task Sending_EveryCallRefused_BacksOffAndDeliversEverythingAfterLong()
    {
        await using var tally = await TallyCluster.Start();
        var calls = new CallLog(tally) { QuotaPerSecond = 0 };
        await Fill(tally, "p", 300);
        tally.Clock.Advance(TallyCluster.Period);
        for (var minute = 0; minute < 8 * 60; minute++)
        {
            await Run(tally, TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(15), "p");
        }

        // With waits of up to two minutes, one on average, eight hours are some 480 calls.
        Assert.InRange(calls.All.Count, 200, 1_000);
        Assert.Contains(
            "ThrottlingException", (await tally.Delivery("p").GetStatus()).Problem, StringComparison.Ordinal);

        calls.QuotaPerSecond = 10;
        await Run(tally, TimeSpan.FromMinutes(4), TimeSpan.FromMilliseconds(500), "p");
        Assert.Equal(300, tally.Aws.Billed().Count);
        Assert.Equal(0, (await tally.Delivery("p").GetStatus()).Waiting);
        Assert.Null((await tally.Delivery("p").GetStatus()).Problem);
    }

    [Fact]
    public async Task Sending_RetryAfter_IsHonoured()
    {
        await using var tally = await TallyCluster.Start();
        var calls = new CallLog(tally) { Refuse = _ => AwsErrors.Throttling("45") };
        await Fill(tally, "p", 100);
        tally.Clock.Advance(TallyCluster.Period);
        await Run(tally, TimeSpan.FromSeconds(1), "p");
        calls.Refuse = null;
        var asked = Assert.Single(calls.All).At;
        await Run(tally, TimeSpan.FromSeconds(60), TimeSpan.FromMilliseconds(500), "p");

        var next = calls.All[1].At - asked;
        Assert.InRange(next, TimeSpan.FromSeconds(45), TimeSpan.FromSeconds(46));
        Assert.Equal(100, tally.Aws.Billed().Count);
    }

    [Fact]
    public async Task Sending_TwoProducts_ShareOneBudgetEqually()
    {
        await using var tally = await TallyCluster.Start();
        var calls = new CallLog(tally) { QuotaPerSecond = 10 };
        await Fill(tally, "large", 2_500);
        await Fill(tally, "small", 1_000);
        tally.Clock.Advance(TallyCluster.Period);
        await Run(tally, TimeSpan.FromSeconds(8), "large", "small");

        var taken = calls.All.Where(call => !call.IsRefused).ToList();
        Assert.InRange(taken.Count, 20, 85);
        var large = taken.Count(call => call.Product == "large");
        Assert.InRange(large - (taken.Count - large), -3, 3);
    }

    [Fact]
    public async Task Sending_ProductAtFault_DoesNotHoldUpAnother()
    {
        await using var tally = await TallyCluster.Start();
        var calls = new CallLog(tally)
        {
            Refuse = request => request.ProductCode == "broken" ? AwsErrors.Disabled() : null,
        };
        await Fill(tally, "broken", 500);
        await Fill(tally, "well", 500);
        tally.Clock.Advance(TallyCluster.Period);
        await Run(tally, TimeSpan.FromSeconds(12), "broken", "well");

        Assert.Equal(0, (await tally.Delivery("well").GetStatus()).Waiting);
        Assert.Null((await tally.Delivery("well").GetStatus()).Problem);
        Assert.Contains(
            "DisabledApiException", (await tally.Delivery("broken").GetStatus()).Problem, StringComparison.Ordinal);
        Assert.InRange(calls.All.Count(call => call.Product == "broken"), 1, 2);
    }

    [Fact]
    public async Task Sending_ProductAtFault_IsSuspendedProbedSlowlyAndResumed()
    {
        await using var tally = await TallyCluster.Start();
        var calls = new CallLog(tally) { Refuse = _ => AwsErrors.Disabled() };
        await Fill(tally, "p", 300);
        tally.Clock.Advance(TallyCluster.Period);
        var start = tally.Clock.GetUtcNow();
        await Run(tally, TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(5), "p");

        // One call a minute, not twelve batches.
        Assert.InRange(calls.All.Count, 8, 14);
        var suspension = (await tally.Delivery("p").GetStatus()).Suspension!;
        Assert.Equal(("DisabledApiException", "off"), (suspension.Code, suspension.Reason));
        Assert.InRange(suspension.Since, start, start.AddSeconds(30));
        Assert.InRange(suspension.NextProbe - tally.Clock.GetUtcNow(), TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Assert.Equal(300, (await tally.Delivery("p").GetStatus()).Waiting);

        calls.Refuse = null;
        await Run(tally, TimeSpan.FromMinutes(4), TimeSpan.FromSeconds(5), "p");
        Assert.Null((await tally.Delivery("p").GetStatus()).Suspension);
        Assert.Equal(300, tally.Aws.Billed().Count);
    }

    [Fact]
    public async Task Sending_BacklogOfSeveralHours_GoesOutDeadlineFirst()
    {
        await using var tally = await TallyCluster.Start();
        var calls = new CallLog(tally) { QuotaPerSecond = 0 };
        var order = new List<DateTime>();
        for (var hour = 0; hour < 3; hour++)
        {
            await Fill(tally, "p", 100);
            tally.Clock.Advance(TallyCluster.Period);
            await Run(tally, TimeSpan.FromSeconds(1), "p");
        }

        calls.QuotaPerSecond = 10;
        tally.Aws.AfterStore = request =>
        {
            order.AddRange(request.UsageRecords.Select(record => record.Timestamp!.Value));
            return Task.CompletedTask;
        };
        await Run(tally, TimeSpan.FromMinutes(4), TimeSpan.FromSeconds(1), "p");

        Assert.Equal(300, order.Count);
        Assert.Equal(order.Order(), order);
    }

    private static Task Run(TallyCluster tally, TimeSpan time, params string[] products) =>
        Run(tally, time, Step, products);

    /// <summary>
    /// Lets time pass in small steps; a flush at each tells when all is done that is to be done by then.
    /// </summary>
    private static async Task Run(TallyCluster tally, TimeSpan time, TimeSpan step, params string[] products)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += step)
        {
            tally.Clock.Advance(step);
            await Task.WhenAll(products.Select(product => tally.Delivery(product).Flush()));
        }
    }

    private static async Task Fill(TallyCluster tally, string product, int customers)
    {
        await tally.PutProduct(product);
        var now = tally.Clock.GetUtcNow();
        await Task.WhenAll(Enumerable.Range(1, customers).Select(customer => tally.Customer(product, $"{customer}")
            .Post(UsageEvents.Batch(new UsageEvent(now.Ticks, 1, now))).AsTask()));
    }

    /// <summary>Writes every call down, and refuses those beyond a quota, counted by whole seconds.</summary>
    private sealed class CallLog
    {
        private readonly TallyCluster _tally;
        private readonly Lock _lock = new();
        private readonly List<Made> _all = [];

        public CallLog(TallyCluster tally)
        {
            _tally = tally;
            tally.Aws.BeforeStore = Check;
        }

        public int QuotaPerSecond { get; set; } = int.MaxValue;

        public Func<BatchMeterUsageRequest, Exception?>? Refuse { get; set; }

        public IReadOnlyList<Made> All
        {
            get
            {
                lock (_lock)
                {
                    return [.. _all];
                }
            }
        }

        public List<Made> Since(TimeSpan ago)
        {
            var from = _tally.Clock.GetUtcNow() - ago;
            return [.. All.Where(call => call.At >= from)];
        }

        private Task Check(BatchMeterUsageRequest request)
        {
            lock (_lock)
            {
                var now = _tally.Clock.GetUtcNow();
                var second = now.ToUnixTimeSeconds();
                var taken = _all.Count(call => !call.IsRefused && call.At.ToUnixTimeSeconds() == second);
                var refusal = Refuse?.Invoke(request)
                    ?? (taken >= QuotaPerSecond ? AwsErrors.Throttling() : null);
                _all.Add(new(now, request.ProductCode, refusal is not null));
                return refusal is null ? Task.CompletedTask : Task.FromException(refusal);
            }
        }
    }

    private sealed record Made(DateTimeOffset At, string Product, bool IsRefused);
}
