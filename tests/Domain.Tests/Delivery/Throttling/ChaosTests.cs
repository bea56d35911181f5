using Tally.Domain.Delivery.Throttling;

namespace Tally.Domain.Tests.Delivery.Throttling;

/// <summary>Everything at once: what must hold always, and that all is well again afterwards.</summary>
public sealed class ChaosTests
{
    private const double Over = 400;

    [Fact]
    public void TryStart_AnythingHappens_KeepsItsBoundsAndRecovers() => Seeds.Each(150, (random, seed) =>
    {
        var most = random.Next(1, 33);
        var options = new ThrottleOptions { CallsMax = most };
        var simulation = new Simulation(seed, new(5, 2) { FailureShare = random.NextDouble() * 0.1 }, options)
        {
            Lateness = random.NextDouble() * 0.2,
            RetryAfter = random.Next(3) == 0 ? TimeSpan.FromSeconds(random.Next(5)) : null,
        };
        var count = random.Next(1, 9);
        for (var index = 0; index < count; index++)
        {
            simulation.Add(random.Next(300), random.Next(2) == 0 ? 50 : 1e9, random.Next(10_000));
        }

        for (var trouble = 0; trouble < 10; trouble++)
        {
            Cause(simulation, random);
        }

        simulation.At(Over, () => simulation.Server.Change(simulation.Now, 5));
        simulation.Add(from: Over);
        simulation.Run(Over + 500);
        Assert.InRange(simulation.CallsUnderWayMost, 1, most);
        Assert.InRange(simulation.Throttle.Rate.Rate, options.Rate.Least, options.Rate.Most);
        Assert.Equal(simulation.CallsUnderWay, simulation.Throttle.CallsUnderWay);
        Assert.InRange(simulation.Taken(Over + 350, Over + 500) / 750, 0.7, 1.3);
    });

    private static void Cause(Simulation simulation, Random random)
    {
        var from = random.NextDouble() * Over;
        var to = Math.Min(Over, from + (100 * random.NextDouble()));
        var limit = 0.2 * Math.Pow(100, random.NextDouble());
        if (random.Next(2) == 0)
        {
            simulation.Server.BadTimes.Add((from, to, (Fate)random.Next(5)));
        }
        else
        {
            simulation.At(from, () => simulation.Server.Change(simulation.Now, limit));
        }
    }
}
