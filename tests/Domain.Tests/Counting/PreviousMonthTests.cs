using Tally.Domain.Catalogue;
using Tally.Domain.Counting;
using Tally.Domain.Quantities;
using Tally.Domain.Sealing;
using Tally.Domain.Tests.Time;
using Tally.Domain.Time;
using static Tally.Domain.Tests.Counting.TestBooks;

namespace Tally.Domain.Tests.Counting;

/// <summary>Usage that comes too late for its own month.</summary>
public sealed class PreviousMonthTests
{
    private const long Units = Quantity.MicrosPerUnit;
    private static readonly DateTimeOffset May31 = Times.At("2026-05-31T23:10:00Z");
    private static readonly DateTimeOffset June1 = Times.At("2026-06-01T00:10:00Z");

    private readonly CustomerLedger _ledger = new(MeteringPeriod.Hour);

    [Theory]
    [InlineData(LatePolicyMode.Refuse, null, CountStatus.MonthClosed)]
    [InlineData(LatePolicyMode.Refuse, LatePolicyMode.Refuse, CountStatus.MonthClosed)]
    [InlineData(LatePolicyMode.Refuse, LatePolicyMode.CarryForward, CountStatus.Counted)]
    [InlineData(LatePolicyMode.CarryForward, null, CountStatus.Counted)]
    [InlineData(LatePolicyMode.CarryForward, LatePolicyMode.Refuse, CountStatus.MonthClosed)]
    public void Post_LastHourOfTheMonthIsSealed_FollowsItsOwnPolicy(
        LatePolicyMode mode, LatePolicyMode? previousMonth, CountStatus status)
    {
        _ledger.Seal(May31);
        Assert.Equal(status, Post(June1, mode, previousMonth, new TestEvent(1, May31)));
    }

    [Fact]
    public void Post_MonthStillHasAnOpenHour_IsOrdinaryLateUsage()
    {
        _ledger.Seal(May31.AddHours(-1));
        var usage = new TestEvent(1, May31.AddHours(-2));
        Assert.Equal(
            CountStatus.HourClosed, Post(June1, LatePolicyMode.Refuse, LatePolicyMode.CarryForward, usage));
        Assert.Equal(
            CountStatus.Counted, Post(June1, LatePolicyMode.CarryForward, LatePolicyMode.Refuse, usage));
        Assert.Equal(KeyOf(Sum, May31), Assert.Single(_ledger.OpenUsage()).Key);
        Assert.Equal(Quantity.Zero, Assert.Single(_ledger.OpenUsage()).FromPreviousMonth);
    }

    [Fact]
    public void Post_MonthIsPastDelivery_IsRefusedWithoutAnySealedHour() =>
        Assert.Equal(
            CountStatus.MonthClosed,
            Post(June1.AddHours(7), LatePolicyMode.CarryForward, LatePolicyMode.Refuse, new TestEvent(1, May31)));

    [Fact]
    public void Post_SameMonthOfAnotherYear_IsAnotherMonth()
    {
        _ledger.Seal(June1.AddYears(1));
        var late = LatePolicy.Default with { EventAgeMax = TimeSpan.FromDays(400) };
        var usage = new TestEvent(1, June1);
        _ledger.Post(Of(late), June1.AddYears(1).AddHours(1), usage);
        Assert.Equal(Quantity.OfUnits(1), _ledger.OpenUsage()[0].FromPreviousMonth);
    }

    [Fact]
    public void Seal_UsageOfAPreviousMonth_IsMarkedOnItsRecord()
    {
        _ledger.Seal(May31);
        _ledger.Post(June1, new(1, May31, 3 * Units), new(2, May31, 2_500_000), new(3, June1, 4 * Units));
        Assert.Equal(
            (new(9_500_000), new(5_500_000)),
            _ledger.OpenUsage().Select(open => (open.Quantity, open.FromPreviousMonth)).Single());

        var restored = _ledger.Restored();
        restored.Seal(June1);
        var view = Assert.Single(restored.Restored().Records());
        Assert.Equal((9, new Quantity(5_500_000)), (view.Record.Quantity, view.Notes.FromPreviousMonth));

        // The fraction that is carried on is not marked again.
        restored.Post(June1.AddHours(1), new TestEvent(4, June1.AddHours(1), 500_000));
        restored.Seal(June1.AddHours(1));
        Assert.Equal(RecordNotes.None, restored.Records()[1].Notes);
    }

    [Fact]
    public void Seal_MarkedUsageBelowOne_MarksTheRecordThatTakesIt()
    {
        _ledger.Seal(May31);
        _ledger.Post(June1, new TestEvent(1, May31, 600_000));
        _ledger.Seal(June1);
        Assert.Empty(_ledger.Records());
        var restored = _ledger.Restored();
        restored.Post(June1.AddHours(1), new TestEvent(2, June1.AddHours(1), 600_000));
        restored.Seal(June1.AddHours(1));
        Assert.Equal(new Quantity(600_000), Assert.Single(restored.Records()).Notes.FromPreviousMonth);
    }

    [Fact]
    public void Post_OtherAggregations_AreMarkedWithWhatTheirEventsComeTo()
    {
        _ledger.Seal(May31);
        _ledger.Post(
            June1,
            new(1, May31, 5 * Units, Max),
            new(2, June1, 7 * Units, Max),
            new(3, May31, Units, Unique, 8),
            new(4, June1, Units, Unique, 9),
            new(5, May31, Units, Count));
        Assert.Equal(
            [(Max, 7, 5), (Unique, 2, 1), (Count, 1, 1)],
            _ledger.Restored().OpenUsage().Select(open => (
                open.Key.Ordinal,
                (int)(open.Quantity.Micros / Units),
                (int)(open.FromPreviousMonth.Micros / Units))));
    }

    [Fact]
    public void FromSnapshot_PartOfAnAccumulatorWithParts_IsAFormatException()
    {
        _ledger.Seal(May31);
        _ledger.Post(June1, new TestEvent(1, May31));
        var snapshot = _ledger.ToSnapshot();

        // The last byte of the accumulator, before the number of records (0) and the remembered ids.
        var at = snapshot.Length - (16 + 8 + 8) - 12 - 4 - 1;
        Assert.Equal(0, snapshot[at]);
        foreach (var flags in (byte[])[1, 2])
        {
            snapshot[at] = flags;
            Assert.Throws<FormatException>(() => CustomerLedger.FromSnapshot(snapshot, MeteringPeriod.Hour));
        }
    }

    private CountStatus Post(
        DateTimeOffset now, LatePolicyMode mode, LatePolicyMode? previousMonth, TestEvent usage) =>
        _ledger.Post(Of(LatePolicy.Default with { Mode = mode, PreviousMonth = previousMonth }), now, usage)
            .Statuses.Single();
}
