using Tally.Domain.Catalogue;
using Tally.Domain.Quantities;
using Tally.Emulator;
using Tally.Grains.Tests.Hosting;

namespace Tally.Grains.Tests.Faults;

/// <summary>What conversions leave below a millionth, through hours, repetitions and crashes.</summary>
public sealed class ConversionTests
{
    [Fact]
    public async Task Deliver_ThirdsOverHoursAndCrashes_BillsExactlyWhatWasUsed()
    {
        await using var tally = await EmulatedCluster.Start();
        await tally.Aws.DeclareProductAsync(EmulatedCluster.Product, ["calls"]);
        await tally.Tally.PutProduct(EmulatedCluster.Product, new ProductConfig(null, null, [new("calls")]));
        for (var hour = 0; hour < 3; hour++)
        {
            var now = tally.Clock.GetUtcNow();
            UsageEvent[] events = [Third(2 * hour, now), Third((2 * hour) + 1, now)];
            await Post(tally, events);
            await tally.Tally.Silos.KillSiloAsync(tally.Tally.Silos.Silos[0]);
            await tally.Tally.Silos.StartAdditionalSiloAsync();
            await Retry.Until(() => Post(tally, events));
            await Retry.Until(() => tally.Tally.Delivery(EmulatedCluster.Product).Flush());
            await tally.Pass(TallyCluster.Period);
        }

        await tally.PassUntilDelivered(TimeSpan.FromHours(2));
        var billed = await tally.Aws.ListRecordsAsync(EmulatedCluster.Product);
        Assert.Equal([1, 1], billed.Select(record => record.Quantity));
        var balance = Assert.Single((await tally.Tally.Customer(EmulatedCluster.Product, "c").GetUsage())!.Balances);
        Assert.Equal((Quantity.OfUnits(2), Quantity.Zero), (balance.Balance.Delivered, balance.Balance.Carried));
        Assert.Empty(balance.Remainders);
    }

    private static UsageEvent Third(int id, DateTimeOffset time) =>
        new(id, 0, time) { Micros = 333_333, Fraction = new(1, 3) };

    private static Task Post(EmulatedCluster tally, UsageEvent[] events) =>
        tally.Tally.Customer(EmulatedCluster.Product, "c").Post(UsageEvents.Batch(events)).AsTask();
}
