using Orleans.Runtime;
using Tally.Contracts.Customers;
using Tally.Domain.Counting;
using Tally.Grains.Hosting;
using Tally.Grains.Tests.Hosting;

namespace Tally.Grains.Tests.Customers;

/// <summary>
/// A cluster that is split: two silos with the same stores that don't know of each other, each with actors of the same
/// customers.
/// </summary>
public sealed class SplitTests
{
    [Fact]
    public async Task Seal_OtherSideHasAcknowledged_ItsEventsAreInTheRecord()
    {
        await using var left = await TallyCluster.Start();
        await left.PutProduct("p");
        await using var right = await left.StartOther();
        await Activate("c", left, right);
        await Post(left, "c", 1);
        await Post(right, "c", 2);
        await Post(left, "c", 4);
        await Post(right, "c", 8);
        await EndHour(left);

        Assert.Equal(15, Assert.Single(left.Aws.Billed()).Value);
    }

    [Fact]
    public async Task Post_KnownToTheOtherSideOnly_CountsOnce()
    {
        await using var left = await TallyCluster.Start();
        await left.PutProduct("p");
        await using var right = await left.StartOther();
        await Activate("c", left, right);
        await Post(left, "c", 1);
        await Post(right, "c", 2);
        await Post(right, "c", 1);
        await Post(left, "c", 2);
        await EndHour(right);

        Assert.Equal(3, Assert.Single(left.Aws.Billed()).Value);
    }

    [Fact]
    public async Task Post_HourIsSealedOnTheOtherSide_IsCarriedIntoTheNext()
    {
        await using var left = await TallyCluster.Start();
        await left.PutProduct("p");
        await using var right = await left.StartOther();
        await Activate("c", left, right);
        var hour = left.Clock.GetUtcNow();
        await Post(left, "c", 1);
        await Post(right, "c", 2);
        await EndHour(left);
        await Post(right, "c", 4, hour);

        // It finds that the hour was sealed without it, and can't seal it again.
        await TryFlush(right);
        await Retry.Until(() => left.Customer("p", "c").Checkpoint());
        await EndAll(left);
        Assert.Equal([3, 4], Quantities(left));
    }

    [Fact]
    public async Task Checkpoint_OtherSideIsGone_WhatItAcknowledgedIsFound()
    {
        await using var left = await TallyCluster.Start();
        await left.PutProduct("p");
        await using (var right = await left.StartOther())
        {
            await Activate("c", left, right);
            await Post(left, "c", 1);
            await EndAll(left);
            right.Storage.FailWrite = state => state == "customer";
            await Post(right, "c", 2);
        }

        left.Storage.FailWrite = _ => false;
        await Retry.Until(() => left.Customer("p", "c").Checkpoint());
        Assert.Equal(1, (await left.Delivery("p").GetStatus()).ActiveCustomers);
        await EndAll(left);
        Assert.Equal([1, 2], Quantities(left));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task BothSidesWork_AwsHoldsExactlyWhatWasAcknowledged(int seed)
    {
        var random = new Random(seed);
        await using var left = await TallyCluster.Start(configure: Often);
        await left.PutProduct("p");
        var right = await left.StartOther(Often);
        var acknowledged = new Dictionary<(string Customer, long Id), int>();
        for (var step = 0; step < 300; step++)
        {
            var side = random.Next(2) == 0 ? left : right;
            switch (random.Next(20))
            {
                case 0:
                    left.Clock.Advance(TimeSpan.FromMinutes(random.Next(1, 40)));
                    break;
                case < 4:
                    await TryFlush(side);
                    break;
                case 4:
                    await right.DisposeAsync();
                    right = await left.StartOther(Often);
                    break;
                case 5:
                    await TryCheckpoint(side);
                    break;
                default:
                    await PostSome(side, random, acknowledged);
                    break;
            }
        }

        await right.DisposeAsync();
        await Retry.Until(async () =>
        {
            await TryCheckpoint(left);
            await left.EndHour("p");
            Assert.Equal(0, (await left.Delivery("p").GetStatus()).ActiveCustomers);
        });
        Assert.Equal(
            acknowledged.GroupBy(pair => pair.Key.Customer)
                .Select(group => (group.Key, Units: group.Sum(pair => (long)pair.Value)))
                .OrderBy(pair => pair.Key),
            left.Aws.Billed().Select(pair => (pair.Key.Customer, pair.Value)).OrderBy(pair => pair.Customer));
        Assert.All(left.Aws.Sent.Values, sent => Assert.Single(sent));
        Assert.All(
            await left.Delivery("p").GetBalances(),
            balance => Assert.True(balance.Balance.Difference.Micros == 0, $"{balance}"));
    }

    /// <summary>Starts the customer's actor on each side, before anything is in the journal.</summary>
    private static Task Activate(string customer, params TallyCluster[] sides) =>
        Task.WhenAll(sides.Select(side => side.Customer("p", customer).GetProfile()));

    /// <summary>Ends the hour; where the other side was first at something, the flush begins again.</summary>
    private static Task EndHour(TallyCluster side)
    {
        side.Clock.Advance(TallyCluster.Period);
        return Retry.Until(async () =>
        {
            await side.Drain("p");
            Assert.NotEmpty(side.Aws.Billed());
        });
    }

    private static Task EndAll(TallyCluster side) => Retry.Until(async () =>
    {
        await side.EndHour("p");
        Assert.Equal(0, (await side.Delivery("p").GetStatus()).ActiveCustomers);
    });

    private static IEnumerable<int?> Quantities(TallyCluster tally) =>
        tally.Aws.Sent.Values.Select(sent => Assert.Single(sent).Item2).Order();

    private static void Often(TallyOptions options) => options.SnapshotEventsMin = 10;

    private static async Task Post(TallyCluster side, string customer, int units, DateTimeOffset? time = null)
    {
        var reply = await side.Customer("p", customer)
            .Post(UsageEvents.Batch(new UsageEvent(units, units, time ?? side.Clock.GetUtcNow())));
        Assert.True(reply.Statuses.IsEmpty, "Neither side may know it.");
    }

    /// <summary>Posts to one side, some of it what the other may know; with an id always the same units.</summary>
    private static async Task PostSome(
        TallyCluster side, Random random, Dictionary<(string Customer, long Id), int> acknowledged)
    {
        var customer = $"c{random.Next(6)}";
        var start = TallyCluster.NewClock().GetUtcNow();
        var events = Enumerable.Range(0, random.Next(1, 6))
            .Select(_ => random.Next(400))
            .Distinct()
            .Select(id => new UsageEvent(id, 1 + (id % 7), start.AddMinutes(-(id % 300))))
            .ToArray();
        try
        {
            var reply = await side.Customer("p", customer).Post(UsageEvents.Batch(events));
            Assert.All(
                reply.Statuses.ToArray(),
                status => Assert.True(status is (byte)CountStatus.Counted or (byte)CountStatus.Duplicate));
            foreach (var one in events)
            {
                acknowledged[(customer, one.Id)] = one.Units;
            }
        }
        catch (Exception exception) when (exception is UsageStoreUnavailableException or OrleansException)
        {
            // Not acknowledged; it may have been counted all the same, so it is sent until it is.
            await PostAgain(side, customer, events, acknowledged);
        }
    }

    private static Task PostAgain(
        TallyCluster side,
        string customer,
        UsageEvent[] events,
        Dictionary<(string Customer, long Id), int> acknowledged) => Retry.Until(async () =>
    {
        await side.Customer("p", customer).Post(UsageEvents.Batch(events));
        foreach (var one in events)
        {
            acknowledged[(customer, one.Id)] = one.Units;
        }
    });

    private static async Task TryFlush(TallyCluster side)
    {
        try
        {
            await side.Delivery("p").Flush();
        }
        catch (Exception exception) when (exception is OrleansException or UsageStoreUnavailableException)
        {
            Assert.NotNull(exception); // The other side was first; the next flush starts from what it left.
        }
    }

    /// <summary>What maintenance does.</summary>
    private static async Task TryCheckpoint(TallyCluster side)
    {
        foreach (var customer in await side.Journal.ListUncoveredAsync(side.Clock.GetUtcNow(), 100))
        {
            try
            {
                await side.Grains.GetGrain<ICustomerGrain>(customer).Checkpoint();
            }
            catch (Exception exception) when (exception is OrleansException or UsageStoreUnavailableException)
            {
                Assert.NotNull(exception); // The other side was first.
            }
        }
    }
}
