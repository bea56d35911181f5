using CsCheck;
using Tally.Domain.Counting;
using Tally.Domain.Quantities;
using Tally.Domain.Sealing;
using Tally.Domain.Time;
using static Tally.Domain.Tests.Counting.TestBooks;

namespace Tally.Domain.Tests.Counting;

/// <summary>A subscription ends in the middle of an hour: what is open goes at once.</summary>
public sealed class SealEarlyTests
{
    private static readonly DateTimeOffset Now = Noon.AddMinutes(20).AddMilliseconds(900);
    private readonly CustomerLedger _ledger = new(MeteringPeriod.Hour);

    [Fact]
    public void SealEarly_OpenHours_BecomeRecordsOfThePastAndOfNow()
    {
        _ledger.Post(Noon, new TestEvent(1, Noon.AddHours(-1)), new TestEvent(2, Noon), new TestEvent(3, Noon));
        Assert.True(_ledger.SealEarly(Product, Buyer, Now));

        Assert.Equal(
            [(Noon.AddHours(-1), Noon.AddSeconds(-1), 1), (Noon, Noon.AddMinutes(20), 2)],
            _ledger.RecordsIn(RecordState.Waiting).Select(record => (
                DateTimeOffset.FromUnixTimeSeconds(record.Key.HourStartSeconds), record.Timestamp, record.Quantity)));
        Assert.Empty(_ledger.OpenUsage());
        Assert.False(_ledger.SealEarly(Product, Buyer, Now.AddMinutes(1)));
    }

    [Fact]
    public void SealEarly_UsageAheadOfTheClock_GoesIntoTheHourUnderWay()
    {
        var late = Noon.AddMinutes(58);
        _ledger.Post(late, new TestEvent(1, late), new TestEvent(2, Noon.AddHours(1).AddMinutes(2)));
        _ledger.SealEarly(Product, Buyer, late);

        var record = Assert.Single(_ledger.RecordsIn(RecordState.Waiting));
        Assert.Equal((KeyOf(Sum, Noon), late, 2), (record.Key, record.Timestamp, record.Quantity));
    }

    [Fact]
    public void SealEarly_HourHasItsRecord_TheRestWaitsForTheNextHour()
    {
        _ledger.Post(Noon, new TestEvent(1, Noon));
        _ledger.SealEarly(Product, Buyer, Now);
        _ledger.Post(Now, new TestEvent(2, Now));
        Assert.True(_ledger.SealEarly(Product, Buyer, Now.AddMinutes(5)));
        Assert.Single(_ledger.RecordsIn(RecordState.Waiting));
        Assert.True(_ledger.IsPending);

        Assert.True(_ledger.SealEarly(Product, Buyer, Noon.AddMinutes(61)));
        Assert.Equal(
            [(KeyOf(Sum, Noon), 1), (KeyOf(Sum, Noon.AddHours(1)), 1)],
            _ledger.RecordsIn(RecordState.Waiting).Select(record => (record.Key, record.Quantity)));
    }

    [Fact]
    public void Post_SubscriptionHasEnded_IsRefusedButKnownOnesAreDuplicates()
    {
        var usage = new TestEvent(1, Noon);
        _ledger.Post(Noon, usage);
        var ended = Rules with { TakesUsage = false };
        Assert.Equal(
            [CountStatus.Duplicate, CountStatus.NotSubscribed, CountStatus.NotSubscribed],
            _ledger.Post(ended, Now, usage, new(2, Noon), new(3, Noon.AddHours(9))).Statuses);
    }

    [Fact]
    public void SealEarly_AtAnyMoments_KeepsEverythingAndOneRecordAnHour()
    {
        var step = Gen.Select(Gen.Int[0, 90], Gen.Int[0, 3], Gen.Long[1, 5_000_000], Gen.Int[0, 5]);
        step.Array[1, 30].Sample(steps =>
        {
            var ledger = new CustomerLedger(MeteringPeriod.Hour);
            var now = Noon;
            foreach (var ((minutes, act, micros, ordinal), id) in steps.Select((one, index) => (one, index)))
            {
                now = now.AddMinutes(minutes);
                switch (act)
                {
                    case 0:
                        ledger.SealEarly(Product, Buyer, now);
                        break;
                    case 1:
                        ledger.Seal(HourOf(now).Previous, Product, Buyer, now);
                        break;
                    default:
                        ledger.Post(now, new TestEvent(id, now) { Ordinal = ordinal, Micros = micros });
                        break;
                }

                ledger = ledger.Restored();
            }

            var records = ledger.RecordsIn(RecordState.Waiting);
            Assert.Equal(records.Count, records.DistinctBy(record => record.Key).Count());
            Assert.All(records, record =>
            {
                Assert.Equal(record.Key.HourStartSeconds, HourOf(record.Timestamp).StartSeconds);
                Assert.True(record.Timestamp <= now);
            });
            Assert.All(ledger.Balances().Values, balance => Assert.Equal(Quantity.Zero, balance.Difference));
        });
    }

    [Fact]
    public void Parking_AndReleasing_SayWhatChangesAndChangeNothing()
    {
        _ledger.Post(Noon, new TestEvent(1, Noon), new TestEvent(2, Noon) { Ordinal = Count });
        _ledger.Seal(Noon);
        var parking = _ledger.Parking(Noon, Now);
        Assert.Equal(2, parking.Count);
        Assert.Equal(2, _ledger.RecordsIn(RecordState.Waiting).Count);
        _ledger.Settle([.. parking]);
        Assert.Empty(_ledger.Parking(Noon, Now));
        Assert.Contains("since 2026-05-15 12:00:00Z", _ledger.Records()[0].Last!.Reason, StringComparison.Ordinal);

        _ledger.Settle([.. _ledger.Releasing(Now, Now)]);
        Assert.Equal(2, _ledger.RecordsIn(RecordState.Waiting).Count);
        Assert.Empty(_ledger.Releasing(Now, Now));
    }
}
