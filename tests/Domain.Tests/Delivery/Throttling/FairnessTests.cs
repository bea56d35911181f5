using Tally.Domain.Delivery.Throttling;

namespace Tally.Domain.Tests.Delivery.Throttling;

/// <summary>Who goes when, with several products and not enough for all.</summary>
public sealed class FairnessTests
{
    [Fact]
    public void TryStart_AllHaveEnoughToSend_ShareEqually() => Seeds.Each(100, (random, seed) =>
    {
        var count = random.Next(2, 21);
        var simulation = Simulation.Any(seed, limitMost: 20);
        AddProducts(simulation, count, 1e6);
        var to = 60 + (60 * count / simulation.Server.Limit);
        simulation.Run(to);
        var taken = simulation.Products.ConvertAll(product => product.Count(Fate.Taken, 0, to));
        Assert.InRange(taken.Min() / (double)taken.Max(), 0.75, 1);
    });

    [Fact]
    public void TryStart_OneHasLittleToSend_NeverWaitsForThoseWithMuch() => Seeds.Each(50, (_, seed) =>
    {
        var simulation = new Simulation(seed, new(10, 2));
        AddProducts(simulation, 5, 1e6);
        var little = simulation.Add(calls: 0);
        for (var at = 100; at < 400; at += 10)
        {
            simulation.At(at, () => simulation.Supply(little, 1));
        }

        simulation.Run(400);
        for (var at = 100; at < 400; at += 10)
        {
            Assert.InRange(little.FirstTaken(at), at, at + 3);
        }
    });

    [Fact]
    public void TryStart_DeadlineNear_GoesFirstAndTheOthersKeepAFifth() => Seeds.Each(30, (random, seed) =>
    {
        var others = random.Next(1, 7);
        var simulation = new Simulation(seed, new(10, 2));
        var urgent = simulation.Add(from: 60, deadline: 3000);
        AddProducts(simulation, others, 1e6);
        simulation.Run(360);
        var total = simulation.Taken(70, 360);
        Assert.InRange(urgent.Count(Fate.Taken, 70, 360) / total, 0.72, 0.86);
        foreach (var other in simulation.Products.Where(product => product != urgent))
        {
            Assert.InRange(other.Count(Fate.Taken, 70, 360) / total, 0.12 / others, 0.28 / others);
        }
    });

    [Fact]
    public void TryStart_SeveralDeadlinesNear_TheNearestIsServedFirst() => Seeds.Each(30, (_, seed) =>
    {
        var simulation = new Simulation(seed, new(10, 2));
        simulation.Add(calls: 300, deadline: 3000);
        simulation.Add(calls: 300, deadline: 2000);
        simulation.Add(calls: 300, deadline: 1000);
        simulation.Run(200);
        var doneAt = simulation.Products.ConvertAll(product => product.LastTaken);
        Assert.True(doneAt[2] < doneAt[1] && doneAt[1] < doneAt[0], string.Join(' ', doneAt));
        Assert.InRange(doneAt[2], 0, 45);
        Assert.InRange(simulation.Products[0].Count(Fate.Taken, 0, doneAt[2] - 1), 0, 60);
    });

    [Fact]
    public void TryStart_AnyDeadlines_NobodyStarves() => Seeds.Each(30, (random, seed) =>
    {
        var simulation = new Simulation(seed, new(10, 2));
        var count = random.Next(2, 9);
        for (var index = 0; index < count; index++)
        {
            simulation.Add(deadline: random.Next(100, 7_200));
        }

        simulation.Run(400);

        // At least every fifth turn goes to who has waited longest; the rest is for those that came late or fewer.
        Assert.All(simulation.Products, product => Assert.InRange(product.LongestGap, 1, 20 + (6 * count)));
        Assert.All(simulation.Products, product => Assert.True(product.Count(Fate.Taken, 300, 400) > 0));
    });

    [Fact]
    public void TryStart_EqualDeadlinesNear_ShareEqually() => Seeds.Each(40, (_, seed) =>
    {
        var simulation = new Simulation(seed, new(10, 2));
        AddProducts(simulation, 4, 1000);
        simulation.Run(200);
        var taken = simulation.Products.ConvertAll(product => product.Count(Fate.Taken, 0, 200));
        Assert.InRange(taken.Min() / (double)taken.Max(), 0.9, 1);
    });

    [Fact]
    public void TryStart_CallsOfOneHang_OthersStillHaveRoom() => Seeds.Each(40, (_, seed) =>
    {
        var simulation = new Simulation(seed, new(10, 2)) { Timeout = 100 };
        var hanging = simulation.Add();
        var good = simulation.Add();
        simulation.Server.Hanging.Add(hanging.Index);
        simulation.Run(400);
        Assert.InRange(good.Count(Fate.Taken, 60, 400) / 3400.0, 0.8, 1.1);
    });

    [Fact]
    public void TryStart_ProductsVanishWithoutAWord_HoldUpNobody() => Seeds.Each(40, (_, seed) =>
    {
        var simulation = new Simulation(seed, new(10, 2));
        AddProducts(simulation, 20, 1e6);
        simulation.At(60, () => simulation.Products.Skip(1).ToList().ForEach(product => product.Vanish()));
        simulation.Run(200);
        Assert.InRange(simulation.Products[0].Count(Fate.Taken, 65, 200) / 1350.0, 0.85, 1.1);
    });

    private static void AddProducts(Simulation simulation, int count, double deadline)
    {
        for (var index = 0; index < count; index++)
        {
            simulation.Add(deadline: deadline);
        }
    }
}
