using Tally.Domain.Catalogue;
using Tally.Domain.Counting;
using Tally.Domain.Quantities;
using Tally.Domain.Sealing;
using Tally.Domain.Time;
using static Tally.Domain.Tests.Counting.TestBooks;

namespace Tally.Domain.Tests.Counting;

public sealed class CustomerLedgerTests
{
    private readonly CustomerLedger _ledger = new(MeteringPeriod.Hour);

    [Fact]
    public void Count_KnownIdWithSameContent_IsADuplicate()
    {
        var usage = new TestEvent(1, Noon);
        Assert.Equal([CountStatus.Counted, CountStatus.Duplicate], _ledger.Post(Noon, usage, usage));
        Assert.Equal([CountStatus.Duplicate], _ledger.Post(Noon.AddHours(50), usage));
        Assert.Equal([new OpenUsage(KeyOf(Sum, Noon), Quantity.OfUnits(1), 1, default)], _ledger.OpenUsage());
    }

    [Fact]
    public void Count_KnownIdWithOtherQuantity_IsReportedAndNotAdded()
    {
        var usage = new TestEvent(1, Noon);
        var other = usage with { Micros = 5 };
        Assert.Equal(
            [CountStatus.Counted, CountStatus.Conflict, CountStatus.Duplicate],
            _ledger.Post(Noon, usage, other, usage));
        Assert.Equal(Quantity.OfUnits(1), _ledger.OpenUsage().Single().Quantity);
    }

    [Fact]
    public void Decide_EventThatFailsSeveralChecks_GetsTheFirst()
    {
        var usage = new TestEvent(1, Noon);
        _ledger.Post(Noon, usage);
        var future = Noon.AddHours(1);
        Assert.Equal(
            [
                CountStatus.UnknownDimension,
                CountStatus.UnknownDimension,
                CountStatus.Conflict,
                CountStatus.FromTheFuture,
                CountStatus.TooOld,
            ],
            _ledger.Post(
                Noon,
                usage with { Ordinal = Retired, Time = future },
                usage with { Ordinal = 8 },
                usage with { Time = future },
                new(2, future),
                new(3, Noon.AddDays(-4))));
        Assert.Equal([CountStatus.Duplicate], _ledger.Post(Noon.AddDays(3), usage));
    }

    [Fact]
    public void Decide_AnyEvent_ChangesNothing()
    {
        _ledger.Post(Noon, new TestEvent(1, Noon));
        var before = _ledger.ToSnapshot();
        for (var id = 0; id < 10; id++)
        {
            _ledger.Decide(new TestEvent(id, Noon.AddHours(-id), Ordinal: id).Facts, Rules, Noon);
        }

        Assert.Equal(before, _ledger.ToSnapshot());
    }

    [Fact]
    public void Count_HourThatIsSealedMeanwhile_TakesTheNext()
    {
        _ledger.Seal(Noon);
        var usage = new TestEvent(1, Noon).Facts;
        Assert.True(_ledger.Count(usage, HourOf(Noon), Aggregation.Sum, Noon));
        Assert.False(_ledger.Count(usage, HourOf(Noon), Aggregation.Sum, Noon));
        Assert.Equal(KeyOf(Sum, Noon.AddHours(1)), _ledger.OpenUsage().Single().Key);
    }

    [Fact]
    public void Count_EventsOutOfOrder_OpenHoursStayInOrder()
    {
        _ledger.Post(
            Noon, new(1, Noon), new(2, Noon.AddHours(-2)), new(3, Noon.AddHours(-1)), new(4, Noon.AddHours(-2)));
        Assert.Equal(
            [(Noon.AddHours(-2), 2L), (Noon.AddHours(-1), 1L), (Noon, 1L)],
            _ledger.OpenUsage().Select(usage =>
                (DateTimeOffset.FromUnixTimeSeconds(usage.Key.HourStartSeconds), usage.Events)));
    }

    [Fact]
    public void Count_QuantitiesBeyond64Bits_AddUpExactly()
    {
        _ledger.Post(Noon, [.. Enumerable.Range(0, 20).Select(id => new TestEvent(id, Noon, Quantity.EventMicrosMax))]);
        var total = new Quantity((Int128)20 * Quantity.EventMicrosMax);
        Assert.Equal(total, _ledger.OpenUsage().Single().Quantity);
        Assert.Equal(total, _ledger.Restored().OpenUsage().Single().Quantity);
        Assert.Equal(Quantity.Zero, _ledger.Balances()[Sum].Difference);
    }

    [Fact]
    public void Seal_LongAfter_ForgetsIdsAndRefusesTheirEventsAsTooOld()
    {
        var usage = new TestEvent(1, Noon);
        _ledger.Post(Noon, usage);
        Assert.Equal(1, _ledger.SeenCount);
        _ledger.Seal(Noon.AddHours(74));
        Assert.Equal(1, _ledger.SeenCount);
        _ledger.Seal(Noon.AddHours(100));
        Assert.Equal(0, _ledger.SeenCount);
        Assert.Equal([CountStatus.TooOld], _ledger.Post(Noon.AddHours(101), usage));
    }

    [Fact]
    public void Decide_ForgottenIdAfterThePolicyTakesOlderEvents_IsStillTooOld()
    {
        var hourOnly = Of(new(LatePolicyMode.CarryForward, TimeSpan.FromHours(1), TimeSpan.Zero));
        var usage = new TestEvent(1, Noon);
        _ledger.Post(hourOnly, Noon, usage);
        var through = HourOf(Noon.AddHours(3));
        _ledger.Seal(through, hourOnly.Product, Buyer, through.End);
        Assert.Equal(0, _ledger.SeenCount);

        var now = through.End.AddMinutes(1);
        Assert.Equal([CountStatus.TooOld], _ledger.Restored().Post(now, usage));
        Assert.Equal([CountStatus.TooOld], _ledger.Post(now, usage));
        Assert.Equal([CountStatus.Counted], _ledger.Post(now, new TestEvent(2, through.End.AddMinutes(-50))));
    }

    [Fact]
    public void IsPending_OpenCarriedWaitingOrParked_KeepsTheCustomerInTheIndex()
    {
        Assert.False(_ledger.IsPending);
        _ledger.Post(Noon, new TestEvent(1, Noon, 500_000));
        Assert.True(_ledger.IsPending);
        _ledger.Seal(Noon);
        Assert.False(_ledger.IsPending);
        var overflow = (int.MaxValue + 1L) * Quantity.MicrosPerUnit;
        _ledger.Post(Noon.AddHours(1), new TestEvent(2, Noon.AddHours(1), overflow));
        _ledger.Seal(Noon.AddHours(1));
        var record = KeyOf(Sum, Noon.AddHours(1));
        foreach (var state in new[] { RecordState.Parked, RecordState.Waiting, RecordState.Delivered })
        {
            _ledger.Settle(record.To(state));
            Assert.True(_ledger.IsPending);
        }

        _ledger.Seal(Noon.AddHours(2));
        _ledger.Settle(KeyOf(Sum, Noon.AddHours(2)).To(RecordState.Quarantined));
        Assert.False(_ledger.IsPending);
    }
}
