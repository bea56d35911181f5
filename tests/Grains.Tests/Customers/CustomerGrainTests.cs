using Tally.Contracts.Customers;
using Tally.Domain.Counting;
using Tally.Domain.Quantities;
using Tally.Domain.Sealing;
using Tally.Grains.Tests.Hosting;

namespace Tally.Grains.Tests.Customers;

public sealed class CustomerGrainTests
{
    [Fact]
    public async Task Post_NewEvents_AreCountedAndDurable()
    {
        await using var tally = await TallyCluster.Start();
        await tally.PutProduct("p");
        var now = tally.Clock.GetUtcNow();
        var reply = await tally.Customer("p", "c").Post(UsageEvents.Batch(new(1, 5, now), new(2, 7, now)));

        Assert.Equal(0, reply.Statuses.Length);
        var entries = await tally.Journal.ReadAsync("acme|p|c", 0);
        Assert.Single(entries);
        var usage = await tally.Customer("p", "c").GetUsage();
        Assert.Equal(Quantity.OfUnits(12), Assert.Single(usage!.Open).Quantity);
    }

    [Fact]
    public async Task Post_KnownIds_AreDuplicatesOrConflictsAndNotAdded()
    {
        await using var tally = await TallyCluster.Start();
        await tally.PutProduct("p");
        var now = tally.Clock.GetUtcNow();
        var customer = tally.Customer("p", "c");
        await customer.Post(UsageEvents.Batch(new UsageEvent(1, 5, now)));

        var reply = await customer.Post(UsageEvents.Batch(new(1, 5, now), new(1, 6, now), new(2, 1, now)));

        Assert.Equal(
            [(byte)CountStatus.Duplicate, (byte)CountStatus.Conflict, (byte)CountStatus.Counted],
            reply.Statuses.ToArray());
        Assert.Equal(Quantity.OfUnits(6), Assert.Single((await customer.GetUsage())!.Open).Quantity);
    }

    [Theory]
    [InlineData(AppendFailure.StoreNothing)]
    [InlineData(AppendFailure.StoreAndSayNo)]
    internal async Task Post_AppendFails_RetryCountsOnce(AppendFailure failure)
    {
        await using var tally = await TallyCluster.Start();
        await tally.PutProduct("p");
        var now = tally.Clock.GetUtcNow();
        var customer = tally.Customer("p", "c");
        var batch = UsageEvents.Batch(new UsageEvent(1, 5, now));
        tally.Journal.Failures = () => failure;
        await Assert.ThrowsAsync<UsageStoreUnavailableException>(async () => await customer.Post(batch));
        tally.Journal.Failures = null;

        await Retry.Until(async () => await customer.Post(batch));

        Assert.Equal(Quantity.OfUnits(5), Assert.Single((await customer.GetUsage())!.Open).Quantity);
    }

    [Fact]
    public async Task Post_UnknownProduct_RefusesEveryEvent()
    {
        await using var tally = await TallyCluster.Start();
        var reply = await tally.Customer("none", "c").Post(
            UsageEvents.Batch(new UsageEvent(1, 5, tally.Clock.GetUtcNow())));

        Assert.Equal([(byte)CountStatus.UnknownDimension], reply.Statuses.ToArray());
    }

    [Fact]
    public async Task Post_RegistrationFails_NothingIsAcknowledgedAndTheRetryIsRegistered()
    {
        await using var tally = await TallyCluster.Start();
        await tally.PutProduct("p");
        var batch = UsageEvents.Batch(new UsageEvent(1, 5, tally.Clock.GetUtcNow()));
        tally.Storage.FailWrite = state => state == "delivery";
        await Assert.ThrowsAsync<UsageStoreUnavailableException>(
            async () => await tally.Customer("p", "c").Post(batch));
        tally.Storage.FailWrite = _ => false;

        await Retry.Until(async () => await tally.Customer("p", "c").Post(batch));
        await tally.EndHour("p");

        Assert.Equal(5, tally.Aws.Billed()[("c", "api_calls")]);
    }

    [Fact]
    public async Task Seal_StoreFails_NobodySeesTheRecordsUntilTheyAreStored()
    {
        await using var tally = await TallyCluster.Start();
        await tally.PutProduct("p");
        var customer = tally.Customer("p", "c");
        await customer.Post(UsageEvents.Batch(new UsageEvent(1, 5, tally.Clock.GetUtcNow())));
        tally.Storage.FailWrite = state => state == "customer";
        await tally.EndHour("p", flushesMax: 2);
        Assert.Empty(tally.Aws.Sent);

        tally.Storage.FailWrite = _ => false;
        await Retry.Until(async () =>
        {
            await tally.Delivery("p").Flush();
            Assert.Equal(5, tally.Aws.Billed()[("c", "api_calls")]);
        });
    }

    [Fact]
    public async Task Seal_LateEventForSealedHour_IsCarriedIntoTheNext()
    {
        await using var tally = await TallyCluster.Start();
        await tally.PutProduct("p");
        var start = tally.Clock.GetUtcNow();
        await tally.Customer("p", "c").Post(UsageEvents.Batch(new UsageEvent(1, 5, start)));
        await tally.EndHour("p");
        await tally.Customer("p", "c").Post(UsageEvents.Batch(new UsageEvent(2, 3, start)));

        var open = Assert.Single((await tally.Customer("p", "c").GetUsage())!.Open);
        Assert.True(open.HourStart > start);
        await tally.EndHour("p");
        await tally.EndHour("p");

        Assert.Equal(8, tally.Aws.Billed()[("c", "api_calls")]);
        Assert.All(tally.Aws.Sent.Values, sent => Assert.Single(sent));
    }

    [Fact]
    public async Task Restart_WithSnapshotAndTail_KeepsEverything()
    {
        await using var tally = await TallyCluster.Start(configure: options => options.SnapshotEventsMin = 10);
        await tally.PutProduct("p");
        var now = tally.Clock.GetUtcNow();
        for (var id = 0; id < 25; id++)
        {
            await tally.Customer("p", "c").Post(UsageEvents.Batch(new UsageEvent(id, 1, now)));
        }

        await tally.Silos.KillSiloAsync(tally.Silos.Silos[0]);
        await tally.Silos.StartAdditionalSiloAsync();
        await Retry.Until(async () =>
        {
            var usage = await tally.Customer("p", "c").GetUsage();
            Assert.Equal(Quantity.OfUnits(25), Assert.Single(usage!.Open).Quantity);
        });
        var reply = await tally.Customer("p", "c").Post(UsageEvents.Batch(new UsageEvent(7, 1, now)));
        Assert.Equal([(byte)CountStatus.Duplicate], reply.Statuses.ToArray());
    }

    [Fact]
    public async Task PutProfile_Identity_IsFrozenIntoLaterRecords()
    {
        await using var tally = await TallyCluster.Start();
        await tally.PutProduct("p");
        var customer = tally.Customer("p", "c");
        await customer.PutProfile(
            new("Customer C", new(null, "123456789012", "arn:aws:license-manager:::license:l-1")));
        await customer.Post(UsageEvents.Batch(new UsageEvent(1, 5, tally.Clock.GetUtcNow())));
        await tally.EndHour("p");

        var record = Assert.Single((await customer.GetUsage())!.Records);
        Assert.Equal("123456789012", record.Record.Identity.AwsAccountId);
        Assert.Equal(RecordState.Delivered, record.State);
    }
}
