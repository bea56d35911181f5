using Tally.Domain.Catalogue;
using Tally.Domain.Counting;
using Tally.Domain.Quantities;
using Tally.Domain.Sealing;
using Tally.Domain.Tests.Counting;
using Tally.Domain.Tests.Time;
using Tally.Domain.Time;
using static Tally.Domain.Tests.Counting.TestBooks;

namespace Tally.Domain.Tests.Sealing;

public sealed class SealZeroesTests
{
    private static readonly CountingRules Zeroes = Wanting(Sum, Max);

    private readonly CustomerLedger _ledger = new(MeteringPeriod.Hour);

    [Fact]
    public void SealZeroes_FirstTime_OnlyNotesTheHour()
    {
        Assert.True(EndHour(Noon));
        Assert.True(_ledger.MakesZeroes);
        Assert.Empty(_ledger.Records());
        Assert.False(_ledger.IsPending);
        Assert.False(EndHour(Noon));
    }

    [Fact]
    public void SealZeroes_HourWithoutUsage_IsARecordOfZeroForEachDimensionThatWantsIt()
    {
        EndHour(Noon.AddHours(-1));
        Assert.True(EndHour(Noon));
        var timestamp = Noon.AddSeconds(3_599).ToUnixTimeSeconds();
        Assert.Equal(
            [
                new(KeyOf(Sum, Noon), Buyer, "sum", timestamp, 0),
                new(KeyOf(Max, Noon), Buyer, "max", timestamp, 0),
            ],
            _ledger.RecordsIn(RecordState.Waiting));
        Assert.True(_ledger.IsPending);
        Assert.False(EndHour(Noon));
        Assert.All(_ledger.Balances().Values, balance => Assert.Equal(default, balance));
    }

    [Fact]
    public void SealZeroes_HourWithUsage_HasThatRecordOnly()
    {
        EndHour(Noon.AddHours(-1));
        _ledger.Post(Noon, new TestEvent(1, Noon, 3 * Quantity.MicrosPerUnit));
        EndHour(Noon);
        Assert.Equal([(Sum, 3), (Max, 0)], Waiting(Noon));
    }

    [Fact]
    public void SealZeroes_FractionBelowOne_IsSentAsZeroAndKept()
    {
        EndHour(Noon.AddHours(-1));
        _ledger.Post(Noon, new TestEvent(1, Noon, 600_000));
        EndHour(Noon);
        EndHour(Noon.AddHours(1));
        Assert.Equal([(Sum, 0), (Max, 0)], Waiting(Noon.AddHours(1)));
        Assert.Equal(new Quantity(600_000), _ledger.Balances()[Sum].Carried);
    }

    [Fact]
    public void SealZeroes_HourThatIsNotOver_IsLeftAlone()
    {
        EndHour(Noon.AddHours(-1));
        _ledger.SealEarly(Zeroes.Product, Buyer, Noon.AddMinutes(20));
        Assert.False(_ledger.SealZeroes(HourOf(Noon.AddHours(-1)), Zeroes, Buyer, Noon.AddMinutes(21)));
        Assert.Empty(_ledger.Records());
    }

    [Fact]
    public void SealZeroes_HourThatIsNotSealed_IsLeftAlone()
    {
        EndHour(Noon.AddHours(-1));
        Assert.False(_ledger.SealZeroes(HourOf(Noon), Zeroes, Buyer, Noon.AddHours(1)));
        Assert.Empty(_ledger.Records());
    }

    [Fact]
    public void SealZeroes_LateUsageOfTheHour_IsCarried()
    {
        EndHour(Noon.AddHours(-1));
        EndHour(Noon);
        _ledger.Post(Noon.AddMinutes(70), new TestEvent(1, Noon, 3 * Quantity.MicrosPerUnit));
        EndHour(Noon.AddHours(1));
        Assert.Equal([(Sum, 0), (Max, 0)], Waiting(Noon));
        Assert.Equal([(Sum, 3), (Max, 0)], Waiting(Noon.AddHours(1)));
    }

    [Fact]
    public void SealZeroes_AfterALongPause_CoversOnlyWhatAwsStillTakes()
    {
        EndHour(Noon.AddDays(-9));
        EndHour(Noon);
        var hours = _ledger.RecordsIn(RecordState.Waiting).Where(record => record.Key.Ordinal == Sum).ToList();
        var now = Noon.AddHours(1);
        Assert.All(
            hours, record => Assert.True(AcceptanceRules.Aws2026.Deadline(record.Timestamp) > now.AddMinutes(30)));
        Assert.Equal(24, hours.Count);
        Assert.Equal(hours.OrderBy(record => record.Key.HourStartSeconds), hours);
    }

    [Fact]
    public void SealZeroes_OfAMonthThatIsClosed_AreNotMade()
    {
        var first = Times.At("2026-06-01T07:00:00Z");
        EndHour(first.AddHours(-10));
        EndHour(first);
        Assert.Equal(first.AddHours(-7), _ledger.Records()[0].Record.Timestamp.AddSeconds(-3_599));
    }

    [Fact]
    public void SealZeroes_ShortPeriod_CoversADayOfHoursAtMost()
    {
        var ledger = new CustomerLedger(new(TimeSpan.FromSeconds(1)));
        var rules = Wanting(Sum) with { Period = ledger.Period };
        foreach (var now in (DateTimeOffset[])[Noon, Noon.AddHours(1)])
        {
            ledger.Seal(ledger.Period.Of(now), rules.Product, Buyer, now);
            ledger.SealZeroes(ledger.Period.Of(now), rules, Buyer, now);
        }

        Assert.Equal(CustomerLedger.ZeroHoursMax, ledger.Records().Count);
        Assert.Equal(Noon.AddHours(1), ledger.Records()[^1].Record.Timestamp);
    }

    [Theory]
    [InlineData(RecordState.Parked)]
    [InlineData(RecordState.Quarantined)]
    public void SealZeroes_WhileAwsRefusesTheRecords_AreNotMade(RecordState state)
    {
        EndHour(Noon.AddHours(-1));
        EndHour(Noon);
        _ledger.Settle(KeyOf(Sum, Noon).To(state, "refused"));
        Assert.True(EndHour(Noon.AddHours(1)));
        Assert.Equal([(Max, 0)], Waiting(Noon.AddHours(1)));
        _ledger.Settle(KeyOf(Sum, Noon).To(RecordState.WrittenOff));
        EndHour(Noon.AddHours(2));
        Assert.Equal([(Sum, 0), (Max, 0)], Waiting(Noon.AddHours(2)));
        Assert.Equal([(Max, 0)], Waiting(Noon.AddHours(1)));
    }

    [Fact]
    public void SealZeroes_UsageNotTaken_EndsAndBeginsAnew()
    {
        EndHour(Noon.AddHours(-1));
        Assert.True(EndHour(Noon, Zeroes with { TakesUsage = false }));
        Assert.False(_ledger.MakesZeroes);
        Assert.False(EndHour(Noon.AddHours(1), Zeroes with { TakesUsage = false }));
        Assert.True(EndHour(Noon.AddHours(2)));
        Assert.Empty(_ledger.Records());
        EndHour(Noon.AddHours(3));
        Assert.Equal([(Sum, 0), (Max, 0)], Waiting(Noon.AddHours(3)));
    }

    [Fact]
    public void SealZeroes_NoDimensionWantsThem_ChangesNothing()
    {
        var retired = Wanting(Retired);
        Assert.False(_ledger.SealZeroes(HourOf(Noon), Rules, Buyer, Noon.AddHours(1)));
        Assert.False(_ledger.SealZeroes(HourOf(Noon), retired, Buyer, Noon.AddHours(1)));
        Assert.False(_ledger.MakesZeroes);
    }

    [Fact]
    public void SealZeroes_AfterARestart_GoOnWhereTheyWere()
    {
        EndHour(Noon.AddHours(-1));
        var restored = _ledger.Restored();
        Assert.True(restored.MakesZeroes);
        restored.Seal(HourOf(Noon), Zeroes.Product, Buyer, Noon.AddHours(1));
        restored.SealZeroes(HourOf(Noon), Zeroes, Buyer, Noon.AddHours(1));
        Assert.Equal(2, restored.Records().Count);
    }

    private static CountingRules Wanting(params int[] ordinals) => Rules with
    {
        Product = Product with
        {
            Dimensions =
            [
                .. Product.Dimensions.Select(dimension =>
                    dimension with { SendZero = ordinals.Contains(dimension.Ordinal) }),
            ],
        },
    };

    private bool EndHour(DateTimeOffset through, CountingRules? rules = null)
    {
        var hour = HourOf(through);
        var changed = _ledger.Seal(hour, Zeroes.Product, Buyer, hour.End);
        return changed | _ledger.SealZeroes(hour, rules ?? Zeroes, Buyer, hour.End);
    }

    private IEnumerable<(int Ordinal, int Quantity)> Waiting(DateTimeOffset hour) =>
        from record in _ledger.RecordsIn(RecordState.Waiting)
        where record.Key.HourStartSeconds == HourOf(hour).StartSeconds
        orderby record.Key.Ordinal
        select (record.Key.Ordinal, record.Quantity);
}
