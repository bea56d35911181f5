using Amazon.AWSMarketplaceMetering.Model;
using Tally.Contracts.Customers;
using Tally.Domain.Ledger;
using Tally.Domain.Sealing;
using Tally.Grains.Tests.Hosting;

namespace Tally.Grains.Tests;

/// <summary>
/// People mend what AWS refused while stores fail and answers are lost, at random but by a known seed. In the end
/// every record is delivered once, as it was corrected, or written off.
/// </summary>
public sealed class AmendCrashTests
{
    private const int Customers = 24;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Amend_EverythingFailsAtTimes_EachRecordEndsWhereItWasPut(int seed)
    {
        await using var tally = await TallyCluster.Start();
        await tally.PutProduct("p", new("old"), new("new"));
        tally.Aws.BeforeStore = RefuseTheOldDimension;
        foreach (var customer in Enumerable.Range(0, Customers))
        {
            var sent = new UsageEvent(customer, customer + 1, tally.Clock.GetUtcNow());
            await tally.Customer("p", $"{customer}").Post(UsageEvents.Batch(sent));
        }

        await tally.EndHour("p");
        var random = new Random(seed);
        Break(tally, random);
        var wanted = Enumerable.Range(0, Customers).ToDictionary(customer => customer, _ => random.Next(3));
        var undone = wanted.Keys.ToList();
        while (undone.Count > 0)
        {
            var customer = undone[random.Next(undone.Count)];
            if (await TryAmend(tally, customer, wanted[customer]))
            {
                undone.Remove(customer);
            }

            await tally.Delivery("p").Flush();
            tally.Clock.Advance(TimeSpan.FromSeconds(random.Next(20)));
        }

        Mend(tally);
        await Retry.Until(async () =>
        {
            await tally.EndHour("p");
            Assert.Equal(0, (await tally.Delivery("p").GetStatus()).ActiveCustomers);
        });
        var corrected = wanted.Where(pair => pair.Value > 0).ToDictionary(
            pair => ($"{pair.Key}", "new"), pair => (long)pair.Key + 1);
        Assert.Equal(corrected.OrderBy(pair => pair.Key), tally.Aws.Billed().OrderBy(pair => pair.Key));
        var balance = Assert.Single(await tally.Delivery("p").GetBalances()).Balance;
        Assert.Equal(corrected.Values.Sum() * 1_000_000, (long)balance.Delivered.Micros);
        Assert.Equal(balance.Accepted, balance.Delivered + balance.WrittenOff);
        Assert.True(tally.Journal.FailedAppends > 2, "The test must break something to prove anything.");
        Assert.True(tally.Ledger.FailedAppends > 2, "The test must break something to prove anything.");
        foreach (var (customer, act) in wanted)
        {
            AssertLedger(tally, $"{customer}", isCorrected: act > 0);
        }
    }

    /// <summary>What is durable is in the ledger, once; calls that nobody could write down are not.</summary>
    private static void AssertLedger(TallyCluster tally, string customer, bool isCorrected)
    {
        LedgerKind[] calls = [LedgerKind.Submitted, LedgerKind.Answered];
        LedgerKind[] life = isCorrected
            ? [LedgerKind.Sealed, LedgerKind.Quarantined, LedgerKind.Corrected, LedgerKind.Delivered]
            : [LedgerKind.Sealed, LedgerKind.Quarantined, LedgerKind.WrittenOff];
        Assert.Equal(life, tally.Ledger.KindsOf(customer).Where(kind => !calls.Contains(kind)));
    }

    private static Task RefuseTheOldDimension(BatchMeterUsageRequest request) =>
        request.UsageRecords.Exists(record => record.Dimension == "old")
            ? throw new InvalidUsageDimensionException("none") { ErrorCode = "InvalidUsageDimensionException" }
            : Task.CompletedTask;

    private static void Break(TallyCluster tally, Random random)
    {
        tally.Journal.Failures = () => random.Next(6) switch
        {
            0 => AppendFailure.StoreNothing,
            1 => AppendFailure.StoreAndSayNo,
            _ => AppendFailure.None,
        };
        tally.Ledger.Failures = () => random.Next(4) switch
        {
            0 => AppendFailure.StoreNothing,
            1 => AppendFailure.StoreAndSayNo,
            _ => AppendFailure.None,
        };
        tally.Storage.FailWrite = state => state is "customer" or "delivery" && random.Next(6) == 0;
        tally.Aws.AfterStore = _ => random.Next(4) == 0 ? throw new HttpRequestException("lost") : Task.CompletedTask;
    }

    private static void Mend(TallyCluster tally)
    {
        tally.Journal.Failures = null;
        tally.Ledger.Failures = null;
        tally.Storage.FailWrite = _ => false;
        tally.Aws.AfterStore = _ => Task.CompletedTask;
    }

    private static async Task<bool> TryAmend(TallyCluster tally, int customer, int wanted)
    {
        var grain = tally.Customer("p", $"{customer}");
        try
        {
            var view = Assert.Single((await grain.GetUsage())!.Records);
            var correction = new RecordCorrection("new", null);
            var reply = await grain.Amend(wanted == 0
                ? new(view.Record.Key, RecordAct.WriteOff, "ops", "because", null)
                : new(view.Record.Key, RecordAct.Correct, "ops", "because", correction));

            // A correction whose answer was lost may be delivered by the time it is asked for again.
            return reply.Status == AmendStatus.Done || view.State == RecordState.Delivered;
        }
        catch (Exception exception)
            when (exception is UsageStoreUnavailableException or Orleans.Runtime.OrleansException)
        {
            return false;
        }
    }
}
