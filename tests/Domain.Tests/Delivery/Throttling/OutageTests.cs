using Tally.Domain.Delivery.Throttling;

namespace Tally.Domain.Tests.Delivery.Throttling;

/// <summary>After bad times of any length, sending resumes soon, and meanwhile nobody is pestered.</summary>
public sealed class OutageTests
{
    private const double OutageFrom = 40;

    [Theory]
    [InlineData(Fate.Refused, 3)]
    [InlineData(Fate.Failed, 3)]
    [InlineData(Fate.Hangs, 3)]
    [InlineData(Fate.ProductAtFault, 3)]
    [InlineData(Fate.Refused, 1)]
    [InlineData(Fate.Failed, 1)]
    public void TryStart_OutageOfAnyLength_ResumesWithinTheLongestWait(object fate, int products) =>
        Seeds.Each(24, (random, seed) =>
        {
            var length = 10 * Math.Pow(50_000, random.NextDouble());
            var simulation = new Simulation(seed, new(10, 2));
            for (var index = 0; index < products; index++)
            {
                simulation.Add();
            }

            var over = OutageFrom + length;
            simulation.Server.BadTimes.Add((OutageFrom, over, (Fate)fate));
            simulation.Run(over + 350);

            // The longest wait, and the longest time to an answer.
            Assert.All(simulation.Products, product => Assert.InRange(product.FirstTaken(over), over, over + 150));
            Assert.InRange(simulation.Taken(over + 250, over + 350) / 1000, 0.8, 1.1);

            // A burst of what was under way, doubling waits, and then a call a minute on average for each.
            Assert.InRange(
                simulation.Calls(OutageFrom + 60, over), 0, products * (30 + (length / 60 * 1.5)));
        });

    [Fact]
    public void TryStart_OneProductIsAlwaysRefused_OthersUseTheWholeLimit() => Seeds.Each(30, (_, seed) =>
    {
        var simulation = new Simulation(seed, new(10, 2));
        var good = simulation.Add();
        var refused = simulation.Add();
        simulation.Server.OwnLimits[refused.Index] = new(0, 0);
        simulation.Run(400);
        Assert.InRange(good.Count(Fate.Taken, 100, 400) / 3000.0, 0.85, 1.1);
        Assert.NotNull(simulation.Throttle.OwnRate(refused.Key));
    });

    [Fact]
    public void TryStart_OneProductHasALowerLimitOfItsOwn_UsesItAndOthersTheRest() => Seeds.Each(30, (_, seed) =>
    {
        var simulation = new Simulation(seed, new(20, 1), new() { CallsMax = 64 });
        var limited = simulation.Add();
        simulation.Add();
        simulation.Add();
        simulation.Server.OwnLimits[limited.Index] = new(1, 2);
        simulation.Run(500);
        Assert.InRange(limited.Count(Fate.Taken, 200, 500) / 300.0, 0.7, 1.1);
        Assert.InRange(simulation.Taken(200, 500) / 6000, 0.85, 1.1);
    });

    [Fact]
    public void TryStart_RestartedAtAnyMoment_StaysNearTheLimit() => Seeds.Each(24, (_, seed) =>
    {
        var knows = seed % 2 == 0;
        var simulation = new Simulation(seed, new(10, 2));
        simulation.Add();
        simulation.Add();
        simulation.At(100, () => simulation.Restart(knows ? simulation.Throttle.Rate : null));
        simulation.Run(200);
        Assert.InRange(simulation.Taken(120, 200) / 800, 0.85, 1.1);
    });
}
