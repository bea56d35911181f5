using Tally.Domain.Counting;
using Tally.Domain.Quantities;
using Tally.Domain.Sealing;
using Tally.Domain.Tests.Counting;
using Tally.Domain.Time;
using static Tally.Domain.Tests.Counting.TestBooks;

namespace Tally.Domain.Tests.Sealing;

public sealed class SettleTests
{
    private static readonly RecordKey Key = KeyOf(Sum, Noon);

    private readonly CustomerLedger _ledger = new(MeteringPeriod.Hour);

    public SettleTests()
    {
        _ledger.Post(Noon, new TestEvent(1, Noon, 7_000_000));
        _ledger.Seal(Noon);
    }

    [Theory]
    [InlineData(RecordState.Parked, true)]
    [InlineData(RecordState.Quarantined, false)]
    [InlineData(RecordState.Delivered, false)]
    [InlineData(RecordState.Expired, false)]
    public void Settle_WaitingRecord_MovesItsQuantity(RecordState state, bool isPending)
    {
        Assert.True(_ledger.Settle(Key.To(state)));
        Assert.Equal(isPending, _ledger.IsPending);
        Assert.Empty(_ledger.RecordsIn(RecordState.Waiting));
        Assert.Equal(Key, _ledger.RecordsIn(state).Single().Key);
        var balance = _ledger.Balances()[Sum];
        var seven = Quantity.OfUnits(7);
        Assert.Equal(state == RecordState.Parked ? seven : Quantity.Zero, balance.Parked);
        Assert.Equal(state == RecordState.Quarantined ? seven : Quantity.Zero, balance.Quarantined);
        Assert.Equal(state == RecordState.Delivered ? seven : Quantity.Zero, balance.Delivered);
        Assert.Equal(state == RecordState.Expired ? seven : Quantity.Zero, balance.Expired);
        Assert.Equal((Quantity.Zero, Quantity.Zero), (balance.Waiting, balance.Difference));
        Assert.Equal(Key.To(state), _ledger.Restored().Records().Single().Last);
    }

    [Theory]
    [InlineData(RecordState.Parked)]
    [InlineData(RecordState.Quarantined)]
    [InlineData(RecordState.Delivered)]
    [InlineData(RecordState.Expired)]
    public void Settle_SecondTime_ChangesNothing(RecordState state)
    {
        _ledger.Settle(Key.To(state));
        var before = _ledger.ToSnapshot();
        Assert.False(_ledger.Settle(Key.To(state)));
        Assert.Empty(_ledger.Settle([Key.To(state), Key.To(state)]));
        Assert.Equal(before, _ledger.ToSnapshot());
    }

    [Theory]
    [InlineData(RecordState.Delivered)]
    [InlineData(RecordState.Expired)]
    public void Settle_FinalRecord_StaysAsItIs(RecordState final)
    {
        _ledger.Settle(Key.To(final));
        Assert.All(Enum.GetValues<RecordState>(), state => Assert.False(_ledger.Settle(Key.To(state, "again"))));
        Assert.Equal(final, _ledger.Records().Single().State);
        Assert.Equal(Quantity.Zero, _ledger.Balances()[Sum].Difference);
    }

    [Theory]
    [InlineData(RecordState.Parked)]
    [InlineData(RecordState.Quarantined)]
    public void Settle_HeldRecordToWaiting_ReleasesIt(RecordState held)
    {
        _ledger.Settle(Key.To(held));
        Assert.True(_ledger.Settle(Key.To(RecordState.Waiting)));
        Assert.Equal(7, _ledger.RecordsIn(RecordState.Waiting).Single().Quantity);
        Assert.True(_ledger.Settle(Key.To(RecordState.Delivered)));
    }

    [Fact]
    public void Settle_ParkedAgain_KeepsTheLatestReason()
    {
        _ledger.Settle(Key.To(RecordState.Parked, "first"));
        Assert.True(_ledger.Settle(Key.To(RecordState.Parked, "second")));
        Assert.Equal("second", _ledger.Records().Single().Last!.Reason);
    }

    [Fact]
    public void Settle_UnknownRecord_ChangesNothing()
    {
        Assert.False(_ledger.Settle(KeyOf(Max, Noon).To(RecordState.Delivered)));
        Assert.False(_ledger.Settle(KeyOf(Sum, Noon.AddHours(1)).To(RecordState.Delivered)));
        Assert.False(_ledger.Settle(new RecordKey(99, 0).To(RecordState.Delivered)));
        Assert.Empty(_ledger.Settle([new RecordKey(99, 0).To(RecordState.Delivered)]));
    }

    [Fact]
    public void Seal_ManyFinalRecords_KeepsTheLatestHundredAndEveryOtherRecord()
    {
        RecordState[] states = [RecordState.Delivered, RecordState.Delivered, RecordState.Expired, RecordState.Parked];
        for (var hour = 1; hour <= 200; hour++)
        {
            var time = Noon.AddHours(hour);
            _ledger.Post(time, new TestEvent(hour + 1, time));
            _ledger.Seal(time);
            _ledger.Settle(KeyOf(Sum, time).To(states[hour % 4]));
        }

        _ledger.Settle(Key.To(RecordState.Quarantined));
        _ledger.Seal(Noon.AddHours(201));
        Assert.Equal(100, _ledger.Records().Count(view => view.State is RecordState.Delivered or RecordState.Expired));
        Assert.Equal(50, _ledger.RecordsIn(RecordState.Parked).Count);
        Assert.Equal(Key, _ledger.RecordsIn(RecordState.Quarantined).Single().Key);
        var kept = _ledger.Records().Where(view => view.State is RecordState.Delivered or RecordState.Expired)
            .Select(view => view.Record.Key.HourStartSeconds).ToList();
        Assert.Equal(kept.Order(), kept);
        Assert.Equal(KeyOf(Sum, Noon.AddHours(200)).HourStartSeconds, kept[^1]);

        var balance = _ledger.Balances()[Sum];
        Assert.Equal((Quantity.OfUnits(100), Quantity.OfUnits(50)), (balance.Delivered, balance.Expired));
        Assert.Equal(Quantity.Zero, balance.Difference);
        Assert.False(_ledger.Settle(KeyOf(Sum, Noon.AddHours(1)).To(RecordState.Parked)));
    }
}
