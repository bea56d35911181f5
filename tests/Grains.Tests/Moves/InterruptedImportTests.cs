using Tally.Contracts.Moves;
using Tally.Contracts.Tenants;
using Tally.Grains.Tests.Hosting;

namespace Tally.Grains.Tests.Moves;

/// <summary>An import may end at any point; the same file brings it to its end, and nothing else does.</summary>
public sealed class InterruptedImportTests
{
    [Fact]
    public async Task Import_InterruptedAfterEachLine_CompletesWithTheSameFile()
    {
        await using var source = await Vendor.Start();
        var (file, before) = await Exported(source);
        await using var target = await source.StartTarget();
        for (var lines = 0; lines < Moving.Lines(file).Count; lines++)
        {
            Assert.Null((await target.Import(file, linesMax: lines)).Fault);
            Assert.Equal(TenantPhase.Importing, (await target.Standing().Get()).Phase);
            await Assert.ThrowsAsync<TenantFrozenException>(() => target.Post("p", "open", 4));
        }

        Assert.Null((await target.Import(file)).Fault);
        Assert.Equal(before, await target.Describe());
        await target.Standing().Thaw(isForced: false);
        source.Mend();
        Assert.Equal("Duplicate Counted", await target.Post("p", "open", 3, 4));
        await target.EndHour("p");
        Assert.Equal(10, source.Aws.Billed()[("open", "calls")]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Import_StoresFailAtTimes_CompletesInTheEnd(int seed)
    {
        await using var source = await Vendor.Start();
        var (file, before) = await Exported(source);
        await using var target = await source.StartTarget();
        var random = new Random(seed);
        var failures = 0;
        target.Storage.FailWrite = _ => random.Next(12) == 0 && ++failures > 0;
        target.Ledger.Failures = () => random.Next(4) == 0 ? AppendFailure.StoreNothing : AppendFailure.None;
        await Retry.Until(async () => Assert.Null((await target.Import(file)).Fault));

        Assert.True(failures > 1, "The test must break something to prove anything.");
        target.Storage.FailWrite = _ => false;
        Assert.Equal(before, await target.Describe());
    }

    [Fact]
    public async Task Import_OfAnotherFreezeWhileOneIsInterrupted_IsRefused()
    {
        await using var source = await Vendor.Start();
        var (file, _) = await Exported(source);
        await using var target = await source.StartTarget();
        await target.Import(file, linesMax: 5);
        await source.Standing().Thaw(isForced: false);
        await source.Freeze();
        var other = await target.Import((await source.Export())!);
        Assert.Equal(ImportFaultKind.TenantExists, other.Fault!.Kind);
        Assert.Contains("not completed", other.Fault.Message, StringComparison.Ordinal);
        Assert.Null((await target.Import(file)).Fault);

        // Once it is complete it may be sent again, as whoever sent it may not have heard so.
        Assert.Null((await target.Import(file)).Fault);
        await target.Standing().Thaw(isForced: false);
        Assert.Equal(ImportFaultKind.TenantExists, (await target.Import(file)).Fault!.Kind);
        Assert.Equal(TenantPhase.Open, (await target.Standing().Get()).Phase);
    }

    [Fact]
    public async Task Import_TenantExists_IsRefusedAndWorksOn()
    {
        await using var source = await Vendor.Start();
        var (file, _) = await Exported(source);
        await using var target = await source.StartTarget();
        await target.Make();
        await target.Post("p", "open", 1);
        Assert.Equal(ImportFaultKind.TenantExists, (await target.Import(file)).Fault!.Kind);

        Assert.Equal("Counted", await target.Post("p", "open", 3));
    }

    [Fact]
    public async Task Import_TenantIsMadeMeanwhile_IsRefusedAndWorksOn()
    {
        await using var source = await Vendor.Start();
        var (file, _) = await Exported(source);
        await using var target = await source.StartTarget();
        await using var other = await target.StartOther();

        // This silo asked whether the tenant is open, and may believe so for a while.
        Assert.Equal("UnknownDimension", await other.Post("p", "open", 1));
        var export = (await target.Check(file)).Next!.Export;
        var begun = target.Importer().Begin(export);
        await Retry.Until(async () => Assert.Equal(TenantPhase.Importing, (await target.Standing().Get()).Phase));
        await other.Make();
        target.Clock.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal(ImportFaultKind.TenantExists, (await begun).Fault!.Kind);
        Assert.Equal(TenantPhase.Open, (await target.Standing().Get()).Phase);
    }

    [Fact]
    public async Task Apply_AnotherBegan_IsRefusedAndLateWritesUndoNothing()
    {
        await using var source = await Vendor.Start();
        var (file, _) = await Exported(source);
        await using var target = await source.StartTarget();
        var export = (await target.Check(file)).Next!.Export;
        var first = (await target.Begin(export)).Session!;
        Assert.Null((await target.Import(file)).Fault);
        var late = await target.Importer().Apply(first, null, file);
        Assert.Equal(ImportFaultKind.TakenOver, late.Fault!.Kind);

        await target.Standing().Thaw(isForced: false);
        source.Mend();
        await target.Post("p", "open", 4);
        await target.EndHour("p");
        var moved = source.Grains.GetGrain<IMovingCustomerGrain>("acme|p|open");
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await target.Grains
            .GetGrain<IMovingCustomerGrain>("acme|p|open").Import(await moved.Export(), export));
        Assert.Equal("Duplicate", await target.Post("p", "open", 4));
    }

    private static async Task<(byte[] File, string Before)> Exported(TallyCluster source)
    {
        await source.Live();
        await source.Freeze();
        var file = await source.Export() ?? throw new InvalidOperationException("The tenant is not frozen.");
        return (file, await source.Describe());
    }
}
