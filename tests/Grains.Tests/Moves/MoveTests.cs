using Tally.Contracts.Moves;
using Tally.Contracts.Tenants;
using Tally.Domain.Counting;
using Tally.Domain.Sealing;
using Tally.Grains.Tests.Hosting;

namespace Tally.Grains.Tests.Moves;

public sealed class MoveTests
{
    [Fact]
    public async Task Import_Everything_IsAsItWas()
    {
        await using var source = await Vendor.Start();
        await source.Live();
        await source.Freeze();
        Assert.Equal(
            [RecordState.Delivered, RecordState.Waiting, RecordState.Parked, RecordState.Quarantined],
            await Task.WhenAll(Vendor.Customers.Take(4).Select(async customer =>
                (await source.Customer("p", customer).GetUsage())!.Records[0].State)));
        var before = await source.Describe();
        await using var target = await source.StartTarget();
        var reply = await target.Import(await Exported(source));

        Assert.Null(reply.Fault);
        Assert.Equal(new(2, 16, source.Ledger.Lines.Count, 2), reply.Next!.Counts);
        Assert.Equal(before, await target.Describe());
        Assert.Equal(TenantPhase.Frozen, (await target.Standing().Get()).Phase);
    }

    [Fact]
    public async Task Import_ThenThawed_CountsOnceAndDeliversOnce()
    {
        await using var source = await Vendor.Start();
        await using var target = await Moved(source);
        await Assert.ThrowsAsync<TenantFrozenException>(() => source.Post("p", "open", 4));
        await Assert.ThrowsAsync<TenantFrozenException>(() => target.Post("p", "open", 4));
        await target.Standing().Thaw(isForced: false);

        Assert.Equal("Duplicate Duplicate Duplicate", await target.Post("p", "open", 1, 2, 3));
        Assert.Equal("Counted", await target.Post("p", "open", 4));
        source.Mend();
        await Amend(target, "parked", RecordAct.Release, null);
        await Amend(target, "nobody", RecordAct.Correct, new(null, new("somebody", null, null)));
        await Finish(target);
        await source.EndHour("p");
        var billed = source.Aws.Billed();
        Assert.Equal(
            (3, 6, 6, 3, 3, 10, 3),
            (billed[("delivered", "calls")], billed[("waiting", "calls")], billed[("parked", "calls")],
                billed[("somebody", "calls")], billed[("nobody", "calls")], billed[("open", "calls")],
                billed[("left", "calls")]));
        Assert.All(source.Aws.Sent.Values, sent => Assert.Single(sent));
        Assert.All(
            await target.Delivery("p").GetBalances(),
            balance => Assert.True(balance.Balance.Difference.Micros == 0, $"{balance}"));
    }

    [Fact]
    public async Task Import_AnotherName_MovesToItAndLeavesOthersAlone()
    {
        await using var source = await Vendor.Start();
        await source.Live();
        await source.Freeze();
        await using var target = await source.StartTarget();
        await target.Make();
        await target.Post("p", "open", 1);
        var reply = await target.Import(await Exported(source), "renamed");
        Assert.Null(reply.Fault);
        await target.StandingOf("renamed").Thaw(isForced: false);

        Assert.Equal("Duplicate", await target.PostTo("renamed", "p", "open", 3));
        Assert.Equal("Counted", await target.Post("p", "open", 3));
        Assert.Equal(2, Assert.Single((await target.Customer("p", "open").GetUsage())!.Open).Events);
        Assert.DoesNotContain(target.Ledger.Lines, line => line.Customer.Product.Tenant == TallyCluster.Tenant);
    }

    [Fact]
    public async Task Import_Keys_WorkButForThePlatformsScopeAndThoseOfOthers()
    {
        await using var source = await Vendor.Start();
        await source.Live();
        var tenant = source.Grains.GetGrain<ITenantGrain>(TallyCluster.Tenant);
        await tenant.CreateKey("operator", [ApiScopes.Platform]);
        await using var target = await source.StartTarget();
        await source.Freeze();
        var keys = (await source.Grains.GetGrain<IMovingTenantGrain>(TallyCluster.Tenant).Export())!.Keys;
        await target.Grains.GetGrain<IApiKeyGrain>(keys[0].Hash).Put(new("default", "k", [ApiScopes.Read]));
        var reply = await target.Import(await Exported(source));

        Assert.Equal([keys[0].Info.KeyId, keys[2].Info.KeyId], reply.KeysLeftOut);
        Assert.Equal("default", (await target.Grains.GetGrain<IApiKeyGrain>(keys[0].Hash).Get())!.Tenant);
        var people = await target.Grains.GetGrain<IApiKeyGrain>(keys[1].Hash).Get();
        Assert.Equal([ApiScopes.Ingest, ApiScopes.Read, ApiScopes.Admin], people!.Scopes);
        Assert.Null(await target.Grains.GetGrain<IApiKeyGrain>(keys[2].Hash).Get());
    }

    [Fact]
    public async Task Export_NotFrozenOrThawedMeanwhile_HasNoEnd()
    {
        await using var source = await Vendor.Start();
        await source.Live();
        Assert.Null(await source.Export());
        await source.Freeze();
        var closing = new ExportCursor(
            (await source.Standing().Get()).FreezeId!, ExportStage.Tenant, "", ExportCounts.None);
        var export = source.Grains.GetGrain<ITenantExportGrain>(TallyCluster.Tenant);
        Assert.Null((await export.Read(closing))!.Next);
        await source.Standing().Thaw(isForced: false);
        await source.Freeze();

        Assert.Null(await export.Read(closing));
    }

    [Fact]
    public async Task Export_AfterItsEnd_SourceIsMarkedAndSendsNothing()
    {
        await using var source = await Vendor.Start();
        await using var target = await Moved(source);
        await source.Standing().MarkMoved("the cluster");
        source.Mend();
        var sent = source.Aws.Sent.Count;
        await source.EndHour("p", flushesMax: 3);

        Assert.Equal(sent, source.Aws.Sent.Count);
        Assert.NotNull(await source.Export());
    }

    private static async Task<TallyCluster> Moved(TallyCluster source)
    {
        await source.Live();
        await source.Freeze();
        var target = await source.StartTarget();
        Assert.Null((await target.Import(await Exported(source))).Fault);
        return target;
    }

    private static async Task<byte[]> Exported(TallyCluster source) =>
        await source.Export() ?? throw new InvalidOperationException("The tenant is not frozen.");

    private static async Task Amend(TallyCluster tally, string customer, RecordAct act, RecordCorrection? correction)
    {
        var usage = await tally.Customer("p", customer).GetUsage();
        var reply = await tally.Customer("p", customer).Amend(
            new(usage!.Records[0].Record.Key, act, "me", "moved", correction));
        Assert.Equal(AmendStatus.Done, reply.Status);
    }

    private static async Task Finish(TallyCluster tally)
    {
        await tally.EndHour("p");
        tally.Clock.Advance(TimeSpan.FromMinutes(2));
        await tally.EndHour("p");
    }
}
