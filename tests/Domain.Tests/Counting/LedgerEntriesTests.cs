using CsCheck;
using Tally.Domain.Counting;
using Tally.Domain.Encoding;
using Tally.Domain.Quantities;
using Tally.Domain.Sealing;
using Tally.Domain.Time;
using static Tally.Domain.Tests.Counting.TestBooks;

namespace Tally.Domain.Tests.Counting;

public sealed class LedgerEntriesTests
{
    private readonly CustomerLedger _ledger = new(MeteringPeriod.Hour);

    [Fact]
    public void Count_NothingToCount_WritesNothing()
    {
        _ledger.Post(Noon, new TestEvent(1, Noon));
        var (statuses, entry) = _ledger.Post(Rules, Noon, new(1, Noon), new(2, Noon.AddDays(-5)));
        Assert.Equal([CountStatus.Duplicate, CountStatus.TooOld], statuses);
        Assert.Empty(entry);
        Assert.Empty(_ledger.Post(Rules, Noon).Entry);
    }

    [Fact]
    public void Apply_EntryInANewLedger_CountsWhatWasCountedInTheSameHours()
    {
        _ledger.Seal(Noon.AddHours(-1));
        var entry = _ledger.Post(Rules, Noon, new(1, Noon), new(2, Noon.AddHours(-3)), new(3, Noon.AddDays(-5))).Entry;
        var rebuilt = new CustomerLedger(MeteringPeriod.Hour);
        LedgerEntries.Apply(rebuilt, entry, Product);
        LedgerEntries.Apply(rebuilt, entry, Product);
        Assert.Equal(_ledger.OpenUsage(), rebuilt.OpenUsage());
        Assert.Equal((2, KeyOf(Sum, Noon)), (rebuilt.SeenCount, rebuilt.OpenUsage().Single().Key));
    }

    [Fact]
    public void Apply_EntryOfAnHourThatTheSnapshotSealed_CountsInTheNext()
    {
        var entry = _ledger.Post(Rules, Noon, new TestEvent(1, Noon)).Entry;
        var rebuilt = new CustomerLedger(MeteringPeriod.Hour);
        rebuilt.Seal(Noon);
        LedgerEntries.Apply(rebuilt, entry, Product);
        Assert.Equal(KeyOf(Sum, Noon.AddHours(1)), rebuilt.OpenUsage().Single().Key);
    }

    [Fact]
    public void Apply_Settlements_AreDoneAgainWithoutHarm()
    {
        _ledger.Post(Noon, new TestEvent(1, Noon));
        _ledger.Seal(Noon);
        var rebuilt = _ledger.Restored();
        var entry = _ledger.Settle(
            [KeyOf(Sum, Noon).To(RecordState.Parked), KeyOf(Sum, Noon).To(RecordState.Delivered)]);
        LedgerEntries.Apply(rebuilt, entry, Product);
        LedgerEntries.Apply(rebuilt, entry, Product);
        Assert.Equal(_ledger.Records(), rebuilt.Records());
        Assert.Equal(_ledger.Balances(), rebuilt.Balances());
    }

    [Fact]
    public void Count_BlockThatIsBrokenInTheMiddle_CountsNothingOfIt()
    {
        var whole = TestEvent.Block(new TestEvent(1, Noon), new TestEvent(2, Noon));
        Assert.Throws<FormatException>(() => Count(whole.AsSpan(0, whole.Length - 1), placeCount: 2));
        Assert.Throws<ArgumentException>(() => Count(whole, placeCount: 1));
        Assert.Equal(0, _ledger.SeenCount);
        Assert.Empty(_ledger.OpenUsage());
    }

    [Fact]
    public void Apply_EntryThatIsNone_IsAFormatException()
    {
        var entry = _ledger.Post(Rules, Noon, new TestEvent(1, Noon)).Entry;
        Assert.Throws<FormatException>(() => Apply([]));
        Assert.Throws<FormatException>(() => Apply([3]));
        Assert.Throws<FormatException>(() => Apply([.. entry, .. entry.AsSpan(9, 8)]));
        Assert.Throws<FormatException>(() => Apply([.. entry.AsSpan(0, 9), 1, .. entry.AsSpan(10)]));
        Assert.Throws<FormatException>(() => LedgerEntries.Apply(
            new(MeteringPeriod.Hour), entry, Product with { Dimensions = [] }));
    }

    [Fact]
    public void Apply_AnyBytes_AreAnEntryOrAFormatException()
    {
        var counted = _ledger.Post(Rules, Noon, new(1, Noon), new(2, Noon, 1, Unique, 5)).Entry;
        _ledger.Seal(Noon);
        var settled = _ledger.Settle([KeyOf(Sum, Noon).To(RecordState.Delivered, "because")]);
        Gen.OneOf(
            Gen.Byte.Array[0, 100],
            UsageBlockTests.Corrupt(Gen.OneOf(Gen.Const(counted), Gen.Const(settled)))).Sample(
            bytes =>
            {
                try
                {
                    Apply(bytes);
                }
                catch (FormatException)
                {
                    // What it promises for bytes that are no entry.
                }
            },
            iter: 10_000);
    }

    [Fact]
    public void FromSnapshot_AnyBytes_AreALedgerOrAFormatException()
    {
        var whole = StorageFormatTests.FullLedger().ToSnapshot();
        Gen.OneOf(Gen.Byte.Array[0, 100], UsageBlockTests.Corrupt(Gen.Const(whole))).Sample(
            bytes =>
            {
                try
                {
                    var ledger = CustomerLedger.FromSnapshot(bytes, MeteringPeriod.Hour);
                    Assert.InRange(ledger.SeenCount, 0, bytes.Length);
                    Assert.True(ledger.SealedThrough is not { } last || last.Start >= DateTimeOffset.UnixEpoch);
                }
                catch (FormatException)
                {
                    // What it promises for bytes that are no snapshot.
                }
            },
            iter: 10_000);
    }

    [Fact]
    public void FromSnapshot_OtherPeriodVersionOrLength_IsAFormatException()
    {
        var snapshot = StorageFormatTests.FullLedger().ToSnapshot();
        Assert.Throws<FormatException>(
            () => CustomerLedger.FromSnapshot(snapshot, new MeteringPeriod(TimeSpan.FromMinutes(1))));
        Assert.Throws<FormatException>(() => Restore([0, .. snapshot.AsSpan(1)]));
        Assert.Throws<FormatException>(() => Restore([7, .. snapshot.AsSpan(1)]));
        Assert.Throws<FormatException>(() => Restore([.. snapshot, 0]));
        Assert.Throws<FormatException>(() => Restore([.. snapshot.AsSpan(0, snapshot.Length - 1)]));
        Assert.Throws<FormatException>(() => Restore([]));
    }

    [Fact]
    public void Count_LargestQuantity_GoesThroughEntryAndSnapshot()
    {
        var entry = _ledger.Post(Rules, Noon, new TestEvent(1, Noon, Quantity.EventMicrosMax)).Entry;
        var rebuilt = new CustomerLedger(MeteringPeriod.Hour);
        LedgerEntries.Apply(rebuilt, entry, Product);
        Assert.Equal(_ledger.ToSnapshot(), rebuilt.ToSnapshot());
        Assert.Equal(_ledger.ToSnapshot(), rebuilt.Restored().ToSnapshot());
    }

    private static void Apply(byte[] entry) => LedgerEntries.Apply(new(MeteringPeriod.Hour), entry, Product);

    private static CustomerLedger Restore(byte[] snapshot) =>
        CustomerLedger.FromSnapshot(snapshot, MeteringPeriod.Hour);

    private void Count(ReadOnlySpan<byte> block, int placeCount) =>
        LedgerEntries.Count(_ledger, block, Rules, Noon, new byte[placeCount], new PayloadWriter());
}
