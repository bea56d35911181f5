using Tally.Contracts.Customers;
using Tally.Domain.Sealing;
using Tally.Grains.Tests.Hosting;

namespace Tally.Grains.Tests.Delivery;

/// <summary>Hours without usage that are sent as records of zero.</summary>
public sealed class ZeroRecordTests
{
    [Fact]
    public async Task EndHour_IdleCustomer_ZeroesAreDeliveredHourByHour()
    {
        await using var tally = await Idle();
        await tally.EndHour("p");
        Assert.Equal([], tally.Aws.Sent.Keys);
        await tally.EndHour("p");
        await tally.EndHour("p");

        // Each hour once, in its own hour, and never another quantity.
        Assert.Equal(2, tally.Aws.Sent.Keys.Count(key => key.Dimension == "calls"));
        Assert.DoesNotContain(tally.Aws.Sent.Keys, key => key.Dimension == "jobs");
        Assert.All(tally.Aws.Sent.Values, sent => Assert.Equal(0, Assert.Single(sent).Item2));
        var usage = (await tally.Customer("p", "c").GetUsage())!;
        Assert.All(usage.Records, view => Assert.Equal((RecordState.Delivered, 0), (view.State, view.Record.Quantity)));
        Assert.All(usage.Balances, balance => Assert.Equal(default, balance.Balance));
    }

    [Fact]
    public async Task EndHour_UsageAgain_IsBilledAndStaysInTheIndex()
    {
        await using var tally = await Idle();
        await tally.EndHour("p");
        await tally.Customer("p", "c").Post(UsageEvents.Batch(new UsageEvent(1, 5, tally.Clock.GetUtcNow())));
        await tally.EndHour("p");
        await tally.EndHour("p");

        Assert.Equal(5, tally.Aws.Billed()[("c", "calls")]);
        Assert.Equal(2, tally.Aws.Sent.Count);
        Assert.Equal(1, (await tally.Delivery("p").GetStatus()).ActiveCustomers);
    }

    [Fact]
    public async Task EndHour_ClusterDownForTwoHours_ZeroesOfThemAreSentLater()
    {
        await using var tally = await Idle();
        await tally.EndHour("p");
        await tally.Silos.KillSiloAsync(tally.Silos.Silos[0]);
        tally.Clock.Advance(TimeSpan.FromHours(2));
        await tally.Silos.StartAdditionalSiloAsync();
        await Retry.Until(async () =>
        {
            await tally.Drain("p");
            Assert.Equal(2, tally.Aws.Sent.Count);
        });
        Assert.All(tally.Aws.Sent.Values, sent => Assert.Equal(0, Assert.Single(sent).Item2));
    }

    [Fact]
    public async Task EndHour_CustomerIsRefused_NoMoreZeroes()
    {
        await using var tally = await Idle();
        tally.Aws.Unsubscribed.Add("c");
        await tally.EndHour("p");
        await tally.EndHour("p");
        await tally.EndHour("p");
        await tally.EndHour("p");

        var view = Assert.Single((await tally.Customer("p", "c").GetUsage())!.Records);
        Assert.Equal((RecordState.Parked, 0), (view.State, view.Record.Quantity));
    }

    /// <summary>A customer that is known by its profile alone.</summary>
    private static async Task<TallyCluster> Idle()
    {
        var tally = await TallyCluster.Start();
        await tally.PutProduct("p", new("calls", SendZero: true), new("jobs"));
        await tally.Customer("p", "c").PutProfile(new CustomerProfile("C", new("c", null, null)));
        return tally;
    }
}
