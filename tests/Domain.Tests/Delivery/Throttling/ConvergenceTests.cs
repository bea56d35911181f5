using Tally.Domain.Delivery.Throttling;

namespace Tally.Domain.Tests.Delivery.Throttling;

/// <summary>
/// The throttle finds a limit that nobody tells it. Warm is after a minute and the time of 20 calls at the limit.
/// </summary>
public sealed class ConvergenceTests
{
    [Fact]
    public void TryStart_AnyLimitAndEnoughToSend_UsesMostOfItAndIsSeldomRefused() => Seeds.Each(1_000, (_, seed) =>
    {
        var simulation = Simulation.Any(seed, limitMost: seed % 10 == 0 ? 200 : 20);
        AddProducts(simulation, 1 + (seed % 5));
        var limit = simulation.Server.Limit;
        var (from, to) = Window(limit);
        simulation.Run(to);
        AssertUses(simulation, limit, from, to);
        Assert.InRange(simulation.Refused(0, from), 0, 20 + (0.12 * simulation.Calls(0, from)));
    });

    [Fact]
    public void TryStart_LimitChangesByAnyFactor_UsesMostOfTheNewOne() => Seeds.Each(500, (random, seed) =>
    {
        var factor = random.NextDouble();
        var simulation = Simulation.Any(seed, limitMost: 20);
        AddProducts(simulation, 1 + (seed % 3));
        var changed = Window(simulation.Server.Limit).From;
        var limit = 0.2 * Math.Pow(100, factor);
        simulation.At(changed, () => simulation.Server.Change(simulation.Now, limit));
        var from = changed + 60 + (50 / Math.Min(limit, simulation.Server.Limit));
        var to = from + Math.Max(40, 100 / limit);
        simulation.Run(to);
        AssertUses(simulation, limit, from, to);
    });

    [Fact]
    public void TryStart_AnswersTellWhenToRetry_StillUsesMostOfTheLimit() => Seeds.Each(300, (_, seed) =>
    {
        var any = Simulation.Any(seed, limitMost: 20);
        var simulation = new Simulation(seed, any.Server)
        {
            Latency = any.Latency,
            RetryAfter = TimeSpan.FromSeconds(1),
        };
        AddProducts(simulation, 2);
        var limit = simulation.Server.Limit;
        var (from, to) = Window(limit);
        simulation.Run(to);
        AssertUses(simulation, limit, from, to);
    });

    [Fact]
    public void TryStart_BucketHoldsOneCallOnly_UsesTwoThirdsOfTheLimit() => Seeds.Each(100, (random, seed) =>
    {
        // However evenly calls leave, they don't arrive so.
        var limit = 0.2 + (0.8 * random.NextDouble());
        var simulation = new Simulation(seed, new(limit, 1));
        AddProducts(simulation, 2);
        var (from, to) = Window(limit);
        simulation.Run(to);
        Assert.InRange(simulation.Taken(from, to) / ((to - from) * limit), 0.67, 1.1);
        Assert.InRange(simulation.Refused(from, to) / simulation.Calls(from, to), 0, 0.1);
    });

    [Fact]
    public void TryStart_QuotaOfAwsAndLoneProduct_GetsTheWholeOfIt() => Seeds.Each(40, (_, seed) =>
    {
        var simulation = new Simulation(seed, new(10, 2));
        AddProducts(simulation, 1);
        simulation.Run(300);
        Assert.InRange(simulation.Taken(15, 300) / 2850, 0.9, 1.05);
        Assert.InRange(simulation.Refused(0, 300) / simulation.Calls(0, 300), 0, 0.03);
    });

    [Fact]
    public void TryStart_SomeCallsFailByChance_DoesNotTakeItForThrottling() => Seeds.Each(40, (_, seed) =>
    {
        var simulation = new Simulation(seed, new(10, 2) { FailureShare = 0.05 });
        AddProducts(simulation, 3);
        simulation.Run(300);
        Assert.InRange(simulation.Taken(30, 300) / 2700, 0.85, 1.05);
    });

    [Fact]
    public void TryStart_MoreThanEnoughQuota_NeverExceedsTheBoundOfCallsUnderWay() => Seeds.Each(40, (_, seed) =>
    {
        var most = seed + 1;
        var simulation = new Simulation(most, new(10_000, 1), new() { CallsMax = most }) { Latency = 0.5 };
        AddProducts(simulation, 3);
        simulation.Run(60);
        Assert.Equal(most, simulation.CallsUnderWayMost);

        // Never used up, the rate proves nothing: it doesn't grow out of sight.
        Assert.InRange(simulation.Throttle.Rate.Rate, most / 2.0, most * 8);
    });

    private static void AddProducts(Simulation simulation, int count)
    {
        for (var index = 0; index < count; index++)
        {
            simulation.Add();
        }
    }

    private static (double From, double To) Window(double limit)
    {
        var from = 60 + (20 / limit);
        return (from, from + Math.Max(40, 100 / limit));
    }

    private static void AssertUses(Simulation simulation, double limit, double from, double to)
    {
        Assert.InRange(simulation.Taken(from, to) / ((to - from) * limit), 0.8, 1.3);
        Assert.InRange(simulation.Refused(from, to) / simulation.Calls(from, to), 0, 0.1);
    }
}
