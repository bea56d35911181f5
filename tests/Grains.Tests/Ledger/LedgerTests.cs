using Amazon.AWSMarketplaceMetering.Model;
using Tally.Domain.Ledger;
using Tally.Domain.Sealing;
using Tally.Grains.Tests.Hosting;

namespace Tally.Grains.Tests.Ledger;

/// <summary>What the actors write into the ledger.</summary>
public sealed class LedgerTests
{
    [Fact]
    public async Task Deliver_Record_ItsLifeIsWrittenDownInOrder()
    {
        await using var tally = await TallyCluster.Start();
        await tally.PutProduct("p");
        await Post(tally, "c");
        await tally.EndHour("p");
        var lines = tally.Ledger.Lines;

        Assert.Equal(
            [LedgerKind.Sealed, LedgerKind.Submitted, LedgerKind.Answered, LedgerKind.Delivered],
            lines.Select(line => line.Kind));
        Assert.Single(lines.Select(line => (line.Customer.ToString(), line.Record)).Distinct());
        Assert.Equal("acme|p|c", lines[0].Customer.ToString());
        Assert.NotNull(lines[2].MeteringRecordId);
        Assert.Equal((lines[2].MeteringRecordId, "Success"), (lines[3].MeteringRecordId, lines[3].Code));
        Assert.Equal(lines[1].Id.Split(':')[1], lines[2].Id.Split(':')[1]);
    }

    [Fact]
    public async Task Deliver_AnswerIsLost_EachAttemptIsThereAndWhatItCameTo()
    {
        await using var tally = await TallyCluster.Start();
        await tally.PutProduct("p");
        await Post(tally, "c");
        tally.Aws.AfterStore = _ => throw new HttpRequestException("lost");
        tally.Clock.Advance(TallyCluster.Period);
        await tally.Delivery("p").Flush();
        tally.Aws.AfterStore = _ => Task.CompletedTask;
        await tally.Drain("p");
        var lines = tally.Ledger.Lines;

        Assert.Equal(2, lines.Count(line => line.Kind == LedgerKind.Submitted));
        Assert.Equal(
            ["HttpRequestException", "Success"],
            lines.Where(line => line.Kind == LedgerKind.Answered).Select(line => line.Code));
    }

    [Fact]
    public async Task Amend_RefusedRecord_SaysWhoDidWhatAndWhy()
    {
        await using var tally = await TallyCluster.Start();
        await tally.PutProduct("p", new("old"), new("new"));
        tally.Aws.BeforeStore = RefuseTheOldDimension;
        await Post(tally, "c");
        await tally.EndHour("p");
        var key = tally.Ledger.Lines[0].Record.Key;
        await tally.Customer("p", "c").Amend(new(key, RecordAct.Release, "ann", "again", null));
        await tally.Drain("p");
        await tally.Customer("p", "c").Amend(new(key, RecordAct.Correct, "bob", "renamed", new("new", null)));
        await tally.Drain("p");
        var acts = tally.Ledger.Lines.Where(line => line.By is not null).ToList();

        Assert.Equal([LedgerKind.Released, LedgerKind.Corrected], acts.Select(line => line.Kind));
        Assert.Equal([("ann", "again"), ("bob", "renamed")], acts.Select(line => (line.By!, line.Reason!)));
        Assert.Equal(["old", "new"], acts.Select(line => line.Record.Dimension));
        var refusal = tally.Ledger.Lines.First(line => line.Kind == LedgerKind.Quarantined);
        Assert.Equal(("InvalidUsageDimensionException", "none"), (refusal.Code, refusal.Message));
        Assert.Equal(LedgerKind.Delivered, tally.Ledger.Lines[^1].Kind);
    }

    [Fact]
    public async Task Park_CustomerThatIsNotSubscribed_LaterRecordsAreParkedInTheLedgerToo()
    {
        await using var tally = await TallyCluster.Start();
        await tally.PutProduct("p");
        tally.Aws.Unsubscribed.Add("c");
        await Post(tally, "c");
        await tally.EndHour("p");
        await Post(tally, "c");
        await tally.EndHour("p");
        var parked = tally.Ledger.Lines.Where(line => line.Kind == LedgerKind.Parked);

        Assert.Equal(2, parked.Select(line => line.Record.Key).Distinct().Count());
    }

    [Fact]
    public async Task Ledger_IsDown_DeliveryGoesOnAndTheRecordsLinesFollow()
    {
        await using var tally = await TallyCluster.Start();
        await tally.PutProduct("p");
        tally.Ledger.Failures = () => AppendFailure.StoreNothing;
        await Post(tally, "c");
        await tally.EndHour("p");

        Assert.Single(tally.Aws.Billed());
        Assert.Empty(tally.Ledger.Lines);
        Assert.NotEqual(0, (await tally.Delivery("p").GetStatus()).ActiveCustomers);
        tally.Ledger.Failures = null;
        tally.Clock.Advance(TimeSpan.FromSeconds(10));
        await tally.Delivery("p").Flush();

        Assert.Equal([LedgerKind.Sealed, LedgerKind.Delivered], tally.Ledger.KindsOf("c"));
        Assert.Equal(0, (await tally.Delivery("p").GetStatus()).ActiveCustomers);
    }

    [Fact]
    public async Task Ledger_IsDownWhileTheSiloDies_TheNextOneWritesTheLines()
    {
        await using var tally = await TallyCluster.Start();
        await tally.PutProduct("p");
        tally.Ledger.Failures = () => AppendFailure.StoreNothing;
        await Post(tally, "c");
        await tally.EndHour("p");
        await tally.Silos.KillSiloAsync(tally.Silos.Silos[0]);
        await tally.Silos.StartAdditionalSiloAsync();
        tally.Ledger.Failures = null;
        tally.Clock.Advance(TimeSpan.FromSeconds(10));
        await Retry.Until(async () =>
        {
            await tally.Delivery("p").Flush();
            Assert.Equal([LedgerKind.Sealed, LedgerKind.Delivered], tally.Ledger.KindsOf("c"));
        });
    }

    private static Task RefuseTheOldDimension(BatchMeterUsageRequest request) =>
        request.UsageRecords.Exists(record => record.Dimension == "old")
            ? throw new InvalidUsageDimensionException("none") { ErrorCode = "InvalidUsageDimensionException" }
            : Task.CompletedTask;

    private static ValueTask<Contracts.Customers.PostReply> Post(TallyCluster tally, string customer)
    {
        var now = tally.Clock.GetUtcNow();
        return tally.Customer("p", customer).Post(UsageEvents.Batch(new UsageEvent(now.UtcTicks, 3, now)));
    }
}
