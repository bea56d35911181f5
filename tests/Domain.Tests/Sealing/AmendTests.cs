using Tally.Domain.Catalogue;
using Tally.Domain.Counting;
using Tally.Domain.Quantities;
using Tally.Domain.Sealing;
using Tally.Domain.Tests.Counting;
using Tally.Domain.Time;
using static Tally.Domain.Tests.Counting.TestBooks;

namespace Tally.Domain.Tests.Sealing;

public sealed class AmendTests
{
    private const string Refused = "InvalidUsageDimensionException";

    private static readonly RecordKey Key = KeyOf(Sum, Noon);
    private static readonly DateTimeOffset Now = Noon.AddHours(2);
    private static readonly CustomerIdentity Other = new("customer-2", null, null);
    private static readonly Quantity Seven = Quantity.OfUnits(7);

    private readonly CustomerLedger _ledger = new(MeteringPeriod.Hour);

    public AmendTests()
    {
        _ledger.Post(Noon, new(1, Noon, 7_000_000), new(2, Noon, 1, Max));
        _ledger.Seal(Noon);
    }

    [Theory]
    [InlineData(RecordState.Parked)]
    [InlineData(RecordState.Quarantined)]
    public void Amend_ReleaseOfAHeldRecord_SendsItAgainAndSaysWhoAndWhy(RecordState held)
    {
        var record = _ledger.RecordsIn(RecordState.Waiting)[0];
        _ledger.Settle(Key.To(held, "DuplicateRecord"));
        Assert.Equal(AmendStatus.Done, Amend(RecordAct.Release));
        var view = View();
        Assert.Equal((record, RecordState.Waiting), (view.Record, view.State));
        Assert.Equal(
            new(Key, RecordState.Waiting, null, "released by ops: because (before: DuplicateRecord)", Now), view.Last);
        Assert.True(_ledger.IsPending);
        Assert.True(_ledger.Settle(Key.To(held, "DuplicateRecord")));
    }

    [Fact]
    public void Amend_CorrectionOfAQuarantinedRecord_KeepsItsKeyAndItsPlaceInTheBalance()
    {
        var record = _ledger.RecordsIn(RecordState.Waiting)[0];
        _ledger.Settle(Key.To(RecordState.Quarantined, Refused));
        Assert.Equal(AmendStatus.Done, Amend(RecordAct.Correct, new("count", Other)));
        Assert.Equal(record with { Dimension = "count", Identity = Other }, View().Record);
        Assert.Equal(Seven, _ledger.Balances()[Sum].Waiting);
        _ledger.Settle(Key.To(RecordState.Delivered));
        Assert.Equal((Seven, Quantity.Zero), (_ledger.Balances()[Sum].Delivered, _ledger.Balances()[Sum].Difference));
        Assert.False(_ledger.Balances().ContainsKey(Count));
        Assert.Equal("count", _ledger.Restored().Records()[0].Record.Dimension);
    }

    [Theory]
    [InlineData(RecordState.Parked)]
    [InlineData(RecordState.Quarantined)]
    public void Amend_WriteOffOfAHeldRecord_IsFinalAndBalanced(RecordState held)
    {
        _ledger.Settle(Key.To(held));
        Assert.Equal(AmendStatus.Done, Amend(RecordAct.WriteOff));
        Assert.Equal("written off by ops: because", View().Last!.Reason);
        AssertWrittenOff(Seven);
        Assert.Equal(AmendStatus.WrongState, Amend(RecordAct.Release));
        Assert.Equal(AmendStatus.WrongState, Amend(RecordAct.Correct, new("count", null)));
        Assert.All(
            [RecordState.Waiting, RecordState.Parked, RecordState.Quarantined, RecordState.Expired],
            state => Assert.False(_ledger.Settle(Key.To(state, "again"))));
        AssertWrittenOff(Seven);
    }

    [Fact]
    public void Settle_DeliveredAfterItWasWrittenOff_IsDelivered()
    {
        _ledger.Settle(Key.To(RecordState.Parked));
        Amend(RecordAct.WriteOff);
        Assert.True(_ledger.Settle(Key.To(RecordState.Delivered)));
        Assert.False(_ledger.Settle(Key.To(RecordState.WrittenOff)));
        Assert.Equal(RecordState.Delivered, View().State);
        Assert.Equal(Seven, _ledger.Balances()[Sum].Delivered);
        AssertWrittenOff(Quantity.Zero);
    }

    [Theory]
    [InlineData(RecordState.Waiting, RecordAct.Correct)]
    [InlineData(RecordState.Waiting, RecordAct.WriteOff)]
    [InlineData(RecordState.Parked, RecordAct.Correct)]
    [InlineData(RecordState.Delivered, RecordAct.Release)]
    [InlineData(RecordState.Delivered, RecordAct.Correct)]
    [InlineData(RecordState.Delivered, RecordAct.WriteOff)]
    [InlineData(RecordState.Expired, RecordAct.Release)]
    [InlineData(RecordState.Expired, RecordAct.Correct)]
    [InlineData(RecordState.Expired, RecordAct.WriteOff)]
    public void Amend_StateThatDoesNotAllowIt_ChangesNothing(RecordState state, RecordAct act)
    {
        _ledger.Settle(Key.To(state));
        var before = _ledger.ToSnapshot();
        Assert.Equal(AmendStatus.WrongState, Amend(act, act == RecordAct.Correct ? new("count", null) : null));
        Assert.Equal(before, _ledger.ToSnapshot());
    }

    [Theory]
    [InlineData("max", AmendStatus.Collision)]
    [InlineData("Count", AmendStatus.UnknownDimension)]
    [InlineData("retired", AmendStatus.Done)]
    public void Amend_CorrectedDimension_MustBeTheProductsAndFree(string dimension, AmendStatus expected)
    {
        _ledger.Settle(Key.To(RecordState.Quarantined));
        _ledger.Settle(KeyOf(Max, Noon).To(RecordState.Delivered));
        Assert.Equal(expected, Amend(RecordAct.Correct, new(dimension, null)));
    }

    [Fact]
    public void Amend_DimensionThatAnotherCorrectionTook_Collides()
    {
        _ledger.Settle(Key.To(RecordState.Quarantined), KeyOf(Max, Noon).To(RecordState.Quarantined));
        Assert.Equal(AmendStatus.Done, Amend(RecordAct.Correct, new("count", null)));
        var second = new RecordAmendment(KeyOf(Max, Noon), RecordAct.Correct, "ops", "because", new("count", Other));
        Assert.Equal(AmendStatus.Collision, _ledger.Amend(second, Rules, Now).Status);
    }

    [Fact]
    public void Amend_DimensionWhoseRecordOfTheHourMayBeForgotten_Collides()
    {
        _ledger.Settle(Key.To(RecordState.Quarantined));
        for (var hour = 0; hour <= 100; hour++)
        {
            var time = Noon.AddHours(hour);
            _ledger.Post(time, new TestEvent(hour + 10, time, 1_000_000, Max));
            _ledger.Seal(time);
            _ledger.Settle(KeyOf(Max, time).To(RecordState.Delivered));
        }

        _ledger.Seal(Noon.AddHours(101));
        Assert.DoesNotContain(_ledger.Records(), view => view.Record.Key == KeyOf(Max, Noon));
        Assert.Equal(AmendStatus.Collision, Amend(RecordAct.Correct, new("max", null)));
        Assert.Equal(AmendStatus.Done, Amend(RecordAct.Release));
    }

    [Fact]
    public void Amend_RecordThatAwsNoLongerTakes_CanOnlyBeWrittenOff()
    {
        _ledger.Settle(Key.To(RecordState.Quarantined));
        var deadline = AcceptanceRules.Aws2026.Deadline(View().Record.Timestamp);
        Assert.Equal(AmendStatus.TooLate, Amend(RecordAct.Release, now: deadline));
        Assert.Equal(AmendStatus.TooLate, Amend(RecordAct.Correct, new("count", null), deadline));
        Assert.Equal(AmendStatus.Done, Amend(RecordAct.WriteOff, now: deadline));
    }

    [Fact]
    public void Amend_UnknownRecord_IsToldSo() =>
        Assert.Equal(
            AmendStatus.UnknownRecord,
            _ledger.Amend(new(KeyOf(Sum, Now), RecordAct.WriteOff, "ops", "because", null), Rules, Now).Status);

    [Theory]
    [InlineData(RecordAct.Release)]
    [InlineData(RecordAct.Correct)]
    [InlineData(RecordAct.WriteOff)]
    public void Amend_SecondTime_IsDoneAndWritesNothing(RecordAct act)
    {
        _ledger.Settle(Key.To(RecordState.Quarantined));
        var amendment = new RecordAmendment(
            Key, act, "ops", "because", act == RecordAct.Correct ? new("count", Other) : null);
        var first = _ledger.Amend(amendment, Rules, Now);
        var before = _ledger.ToSnapshot();
        var second = _ledger.Amend(amendment, Rules, Now.AddMinutes(1));
        Assert.Equal((AmendStatus.Done, AmendStatus.Done), (first.Status, second.Status));
        Assert.NotEmpty(first.Entry);
        Assert.Empty(second.Entry);
        Assert.Equal(before, _ledger.ToSnapshot());
    }

    private AmendStatus Amend(RecordAct act, RecordCorrection? correction = null, DateTimeOffset? now = null) =>
        _ledger.Amend(new(Key, act, "ops", "because", correction), Rules, now ?? Now).Status;

    private RecordView View() => _ledger.Records().Single(view => view.Record.Key == Key);

    private void AssertWrittenOff(Quantity expected)
    {
        foreach (var ledger in new[] { _ledger, _ledger.Restored() })
        {
            var balance = ledger.Balances()[Sum];
            Assert.Equal((expected, Quantity.Zero), (balance.WrittenOff, balance.Difference));
        }
    }
}
