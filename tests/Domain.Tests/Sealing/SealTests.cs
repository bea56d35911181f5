using Tally.Domain.Counting;
using Tally.Domain.Quantities;
using Tally.Domain.Sealing;
using Tally.Domain.Tests.Counting;
using Tally.Domain.Time;
using static Tally.Domain.Tests.Counting.TestBooks;

namespace Tally.Domain.Tests.Sealing;

public sealed class SealTests
{
    private const long Units = Quantity.MicrosPerUnit;

    private readonly CustomerLedger _ledger = new(MeteringPeriod.Hour);

    [Fact]
    public void Seal_HourWithUsage_MakesOneRecordPerDimension()
    {
        _ledger.Post(Noon, new(1, Noon, 3 * Units), new(2, Noon, 4 * Units), new(3, Noon, Units, Max));
        Assert.True(_ledger.Seal(Noon));
        var timestamp = Noon.AddSeconds(3_599).ToUnixTimeSeconds();
        Assert.Equal(
            [
                new(KeyOf(Sum, Noon), Buyer, "sum", timestamp, 7),
                new(KeyOf(Max, Noon), Buyer, "max", timestamp, 1),
            ],
            _ledger.RecordsIn(RecordState.Waiting));
        Assert.Equal(Noon.AddSeconds(3_599), _ledger.RecordsIn(RecordState.Waiting)[0].Timestamp);
        Assert.Equal(HourOf(Noon), _ledger.SealedThrough);
        Assert.Empty(_ledger.OpenUsage());
    }

    [Fact]
    public void Seal_SecondTime_ChangesNothing()
    {
        _ledger.Post(Noon, new TestEvent(1, Noon, 7 * Units));
        _ledger.Seal(Noon);
        var before = _ledger.ToSnapshot();
        Assert.False(_ledger.Seal(Noon));
        Assert.False(_ledger.Seal(Noon.AddHours(-1)));
        Assert.Equal(before, _ledger.ToSnapshot());
    }

    [Fact]
    public void Seal_WithoutUsage_MakesNoRecordAndNeedsNoStore()
    {
        Assert.False(_ledger.Seal(Noon));
        Assert.Empty(_ledger.Records());
        _ledger.Post(Noon.AddHours(1), new TestEvent(1, Noon.AddHours(1), 0));
        Assert.True(_ledger.Seal(Noon.AddHours(1)));
        Assert.Empty(_ledger.Records());
    }

    [Fact]
    public void Seal_HourThatStaysOpen_IsLeftAlone()
    {
        _ledger.Post(Noon.AddHours(1), new(1, Noon, Units), new(2, Noon.AddHours(1), Units));
        _ledger.Seal(Noon);
        Assert.Equal(KeyOf(Sum, Noon.AddHours(1)), _ledger.OpenUsage().Single().Key);
        Assert.Equal(KeyOf(Sum, Noon), _ledger.RecordsIn(RecordState.Waiting).Single().Key);
    }

    [Fact]
    public void Seal_Fraction_IsCarriedIntoTheNextRecord()
    {
        _ledger.Post(Noon, new TestEvent(1, Noon, 1_600_000));
        _ledger.Seal(Noon);
        Assert.Equal(1, _ledger.RecordsIn(RecordState.Waiting).Single().Quantity);
        Assert.Equal(new Quantity(600_000), _ledger.Balances()[Sum].Carried);

        Assert.False(_ledger.Seal(Noon.AddHours(1)));
        Assert.Single(_ledger.Records());

        _ledger.Post(Noon.AddHours(2), new TestEvent(2, Noon.AddHours(2), 500_000));
        _ledger.Seal(Noon.AddHours(2));
        Assert.Equal([1, 1], _ledger.RecordsIn(RecordState.Waiting).Select(record => record.Quantity));
        Assert.Equal(new Quantity(100_000), _ledger.Balances()[Sum].Carried);
    }

    [Fact]
    public void Seal_CarryBelowOne_MakesNoRecordAndIsNotPending()
    {
        _ledger.Post(Noon, new TestEvent(1, Noon, 999_999));
        Assert.True(_ledger.Seal(Noon));
        Assert.Empty(_ledger.Records());
        Assert.False(_ledger.IsPending);
        Assert.False(_ledger.Seal(Noon.AddHours(1)));
        Assert.Empty(_ledger.Records());
        Assert.Equal(new Quantity(999_999), _ledger.Restored().Balances()[Sum].Carried);
    }

    [Fact]
    public void Seal_OtherRoundingRules_BookWhatRoundingDid()
    {
        _ledger.Post(Noon, new(1, Noon, 1_100_000, SumUp), new(2, Noon, 1_400_000, SumNearest));
        _ledger.Seal(Noon);
        Assert.Equal([2, 1], _ledger.RecordsIn(RecordState.Waiting).Select(record => record.Quantity));
        Assert.Equal(new Quantity(900_000), _ledger.Balances()[SumUp].Rounding);
        Assert.Equal(new Quantity(-400_000), _ledger.Balances()[SumNearest].Rounding);
        Assert.All(_ledger.Balances().Values, balance => Assert.Equal(Quantity.Zero, balance.Difference));
    }

    [Fact]
    public void Seal_MoreThanARecordHolds_DrainsOverLaterHours()
    {
        _ledger.Post(Noon, new TestEvent(1, Noon, ((2L * int.MaxValue) + 5) * Units));
        for (var hour = 0; hour < 3; hour++)
        {
            Assert.True(_ledger.IsPending);
            Assert.True(_ledger.Seal(Noon.AddHours(hour)));
            Assert.False(_ledger.Seal(Noon.AddHours(hour)));
            Assert.Equal(Quantity.Zero, _ledger.Balances()[Sum].Difference);
        }

        Assert.False(_ledger.Seal(Noon.AddHours(3)));
        var records = _ledger.RecordsIn(RecordState.Waiting);
        Assert.Equal([int.MaxValue, int.MaxValue, 5], records.Select(record => record.Quantity));
        Assert.Equal(
            [KeyOf(Sum, Noon), KeyOf(Sum, Noon.AddHours(1)), KeyOf(Sum, Noon.AddHours(2))],
            records.Select(record => record.Key));
        Assert.Equal(Quantity.Zero, _ledger.Balances()[Sum].Carried);
    }

    [Fact]
    public void Seal_OverflowOfAnEarlierHour_GoesIntoTheLastHourOfTheSameSeal()
    {
        _ledger.Post(Noon, new TestEvent(1, Noon, (int.MaxValue + 5L) * Units));
        _ledger.Seal(Noon.AddHours(4));
        Assert.Equal(
            [(KeyOf(Sum, Noon), int.MaxValue), (KeyOf(Sum, Noon.AddHours(4)), 5)],
            _ledger.RecordsIn(RecordState.Waiting).Select(record => (record.Key, record.Quantity)));
    }

    [Fact]
    public void Seal_UsageThatComesLater_LeavesTheRecordAsItWas()
    {
        _ledger.Post(Noon, new TestEvent(1, Noon, 7 * Units));
        _ledger.Seal(Noon);
        var record = _ledger.RecordsIn(RecordState.Waiting).Single();
        var restored = _ledger.Restored();
        restored.Post(Noon.AddHours(2), new TestEvent(2, Noon, 9 * Units));
        restored.Seal(HourOf(Noon).Next, Product, new("other", null, null), Noon.AddHours(3));
        Assert.Equal(record, restored.RecordsIn(RecordState.Waiting)[0]);
        Assert.Equal(
            (KeyOf(Sum, Noon.AddHours(1)), 9, "other"),
            restored.RecordsIn(RecordState.Waiting).Skip(1)
                .Select(next => (next.Key, next.Quantity, next.Identity.CustomerIdentifier)).Single());
    }

    [Fact]
    public void Seal_DimensionRetiredMeanwhile_IsStillDelivered()
    {
        _ledger.Post(Noon, new TestEvent(1, Noon, 2 * Units));
        var retired = Product with
        {
            Dimensions = [.. Product.Dimensions.Select(dimension => dimension with { Retired = true })],
        };
        _ledger.Seal(HourOf(Noon), retired, Buyer, Noon.AddHours(1));
        Assert.Equal(2, _ledger.RecordsIn(RecordState.Waiting).Single().Quantity);
    }
}
