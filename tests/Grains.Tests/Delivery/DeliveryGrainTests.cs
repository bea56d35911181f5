using Amazon.AWSMarketplaceMetering.Model;
using Tally.Domain.Sealing;
using Tally.Grains.Tests.Hosting;

namespace Tally.Grains.Tests.Delivery;

public sealed class DeliveryGrainTests
{
    [Fact]
    public async Task Flush_ManyCustomers_FillsCallsAndDeliversEachOnce()
    {
        await using var tally = await TallyCluster.Start();
        await tally.PutProduct("p");
        await PostToAll(tally, 110);
        await tally.EndHour("p");

        Assert.Equal([25, 25, 25, 25, 10], tally.Aws.CallSizes.OrderDescending());
        Assert.Equal(110, tally.Aws.Billed().Count);
        Assert.All(tally.Aws.Billed(), billed => Assert.Equal(int.Parse(billed.Key.Customer), billed.Value));
    }

    [Fact]
    public async Task Flush_AnswerLostAfterStore_SendsTheSameAgainAndDeliversOnce()
    {
        await using var tally = await TallyCluster.Start();
        await tally.PutProduct("p");
        await PostToAll(tally, 30);
        var lost = 0;
        tally.Aws.AfterStore = _ =>
            lost++ < 3 ? throw new HttpRequestException("The answer is lost.") : Task.CompletedTask;
        await tally.EndHour("p");

        Assert.Equal(30, tally.Aws.Billed().Count);
        Assert.All(tally.Aws.Sent.Values, sent => Assert.Single(sent));
        Assert.All(
            await tally.Delivery("p").GetBalances(),
            balance => Assert.Equal(0, (long)balance.Balance.Difference.Micros));
        Assert.True(lost >= 3);
    }

    [Fact]
    public async Task Flush_OneBadRecord_IsQuarantinedAndTheOthersGoOut()
    {
        await using var tally = await TallyCluster.Start();
        await tally.PutProduct("p");
        await PostToAll(tally, 25);
        tally.Aws.BeforeStore = request => request.UsageRecords.Exists(record => record.CustomerIdentifier == "7")
            ? throw Invalid("7")
            : Task.CompletedTask;
        await tally.EndHour("p");

        Assert.Equal(24, tally.Aws.Billed().Count);
        var bad = Assert.Single((await tally.Customer("p", "7").GetUsage())!.Records);
        Assert.Equal(RecordState.Quarantined, bad.State);
        Assert.Contains("InvalidCustomerIdentifierException", bad.Last!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Flush_Unprocessed_IsSentAgain()
    {
        await using var tally = await TallyCluster.Start();
        await tally.PutProduct("p");
        await PostToAll(tally, 25);
        var left = 40;
        tally.Aws.LeaveUnprocessed = _ => left-- > 0;
        await tally.EndHour("p");

        Assert.Equal(25, tally.Aws.Billed().Count);
    }

    [Fact]
    public async Task Flush_Throttled_BacksOffAndDeliversLater()
    {
        await using var tally = await TallyCluster.Start();
        await tally.PutProduct("p");
        await PostToAll(tally, 25);
        var throttled = 0;
        tally.Aws.BeforeStore = _ => throttled++ < 5 ? throw Throttling() : Task.CompletedTask;
        await tally.EndHour("p");

        Assert.Equal(25, tally.Aws.Billed().Count);
        Assert.Null((await tally.Delivery("p").GetStatus()).Problem);
    }

    [Fact]
    public async Task Flush_NotSubscribed_IsParkedAndDeliveredOnceSubscribed()
    {
        await using var tally = await TallyCluster.Start();
        await tally.PutProduct("p");
        await PostToAll(tally, 3);
        tally.Aws.Unsubscribed.Add("2");
        await tally.EndHour("p");
        Assert.Equal(1, (await tally.Delivery("p").GetStatus()).Parked);
        Assert.Equal(RecordState.Parked, Assert.Single((await tally.Customer("p", "2").GetUsage())!.Records).State);

        tally.Aws.Unsubscribed.Clear();
        tally.Clock.Advance(TimeSpan.FromMinutes(16));
        await tally.Delivery("p").Flush();

        Assert.Equal(2, tally.Aws.Billed()[("2", "api_calls")]);
        Assert.Equal(0, (await tally.Delivery("p").GetStatus()).Parked);
    }

    [Fact]
    public async Task Flush_ParkedPastItsDeadline_IsExpiredAndBooked()
    {
        await using var tally = await TallyCluster.Start();
        await tally.PutProduct("p");
        await PostToAll(tally, 2);
        tally.Aws.Unsubscribed.Add("2");
        await tally.EndHour("p");
        tally.Clock.Advance(TimeSpan.FromHours(24));
        await tally.Delivery("p").Flush();

        Assert.Equal(RecordState.Expired, Assert.Single((await tally.Customer("p", "2").GetUsage())!.Records).State);
        var balance = Assert.Single(await tally.Delivery("p").GetBalances()).Balance;
        Assert.Equal(0, (long)balance.Difference.Micros);
        Assert.Equal(2_000_000, (long)balance.Expired.Micros);
    }

    [Fact]
    public async Task Flush_ProductRefused_StopsWithAReasonAndGoesOnOnceMended()
    {
        await using var tally = await TallyCluster.Start();
        await tally.PutProduct("p");
        await PostToAll(tally, 2);
        tally.Aws.BeforeStore = _ => throw new DisabledApiException("off") { ErrorCode = "DisabledApiException" };
        await tally.EndHour("p", flushesMax: 3);
        var status = await tally.Delivery("p").GetStatus();
        Assert.Contains("DisabledApiException", status.Problem, StringComparison.Ordinal);
        Assert.Equal(2, (await tally.Delivery("p").GetStatus()).Waiting);

        tally.Aws.BeforeStore = _ => Task.CompletedTask;
        tally.Clock.Advance(TimeSpan.FromMinutes(2));
        await tally.Delivery("p").Flush();

        Assert.Equal(2, tally.Aws.Billed().Count);
    }

    [Fact]
    public async Task Flush_SiloKilledInTheMiddle_AnotherFinishesAndNothingIsSentTwice()
    {
        await using var tally = await TallyCluster.Start(silos: 3);
        await tally.PutProduct("p");
        await PostToAll(tally, 200);
        var calls = 0;
        var reached = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        tally.Aws.AfterStore = async _ =>
        {
            if (++calls == 2)
            {
                reached.SetResult();
                await release.Task;
            }
        };
        tally.Clock.Advance(TallyCluster.Period);
        var flush = tally.Delivery("p").Flush();
        await Retry.Until(async () =>
        {
            tally.Clock.Advance(TimeSpan.FromSeconds(1));
            await tally.Delivery("p").GetStatus();
            Assert.True(reached.Task.IsCompleted);
        });
        var primary = await OwnerOf(tally, "p");
        await tally.Silos.KillSiloAsync(primary);
        release.SetResult();
        await flush.ContinueWith(_ => { }, TaskScheduler.Default);

        await Retry.Until(async () =>
        {
            tally.Clock.Advance(TimeSpan.FromSeconds(30));
            await tally.Delivery("p").Flush();
            Assert.Equal(200, tally.Aws.Billed().Count);
            Assert.Equal(0, (await tally.Delivery("p").GetStatus()).Waiting);
        });
        Assert.All(tally.Aws.Billed(), billed => Assert.Equal(int.Parse(billed.Key.Customer), billed.Value));
        Assert.All(tally.Aws.Sent.Values, sent => Assert.Single(sent));
    }

    [Fact]
    public async Task Register_ManyAtOnce_ShareFewWrites()
    {
        await using var tally = await TallyCluster.Start();
        await tally.PutProduct("p");
        await Task.WhenAll(Enumerable.Range(0, 500).Select(customer => tally.Shard("p").Register($"{customer}")));

        Assert.Equal(500, (await tally.Delivery("p").GetStatus()).ActiveCustomers);
        Assert.InRange(tally.Storage.Writes["delivery"], 1, 400);
    }

    [Fact]
    public async Task Flush_CustomerWithoutUsage_LeavesTheIndexAndComesBack()
    {
        await using var tally = await TallyCluster.Start();
        await tally.PutProduct("p");
        await PostToAll(tally, 1);
        await tally.EndHour("p");
        await tally.EndHour("p");
        Assert.Equal(0, (await tally.Delivery("p").GetStatus()).ActiveCustomers);

        await tally.Customer("p", "1").Post(UsageEvents.Batch(new UsageEvent(99, 4, tally.Clock.GetUtcNow())));
        await tally.EndHour("p");

        Assert.Equal(5, tally.Aws.Billed()[("1", "api_calls")]);
    }

    private static async Task PostToAll(TallyCluster tally, int customers)
    {
        var now = tally.Clock.GetUtcNow();
        await Task.WhenAll(Enumerable.Range(1, customers).Select(customer =>
            tally.Customer("p", $"{customer}").Post(UsageEvents.Batch(new UsageEvent(1, customer, now))).AsTask()));
    }

    private static async Task<Orleans.TestingHost.InProcessSiloHandle> OwnerOf(TallyCluster tally, string product)
    {
        var management = tally.Grains.GetGrain<IManagementGrain>(0);
        var address = await management.GetActivationAddress(tally.Shard(product));
        return tally.Silos.Silos.First(silo => silo.SiloAddress.Equals(address));
    }

    private static InvalidCustomerIdentifierException Invalid(string customer) =>
        new($"{customer} is invalid") { ErrorCode = "InvalidCustomerIdentifierException" };

    private static ThrottlingException Throttling() => new("slow down") { ErrorCode = "ThrottlingException" };
}
