using System.Numerics;
using CsCheck;
using Tally.Domain.Catalogue;
using Tally.Domain.Counting;
using Tally.Domain.Quantities;
using Tally.Domain.Sealing;
using Tally.Domain.Time;
using static Tally.Domain.Tests.Counting.TestBooks;

namespace Tally.Domain.Tests.Counting;

/// <summary>What conversions leave below a millionth is never lost, and never counted twice.</summary>
public sealed class FractionTests
{
    private const long GiB = 1L << 30;

    private static readonly Gen<Raw> Event = Gen.Select(
        Gen.OneOf(Gen.Long[0, 5], Gen.Long[0, 5_000_000_000], Gen.Const(1_000_000L)),
        Gen.OneOf<(long Multiply, long Divide)>(
            (1, GiB), (1, 3), (2, 3), (1_000, 7), (1, 1), (long.MaxValue, long.MaxValue - 1)),
        Gen.Int[0, 3],
        Gen.Int[-90, 200],
        (raw, conversion, tags, minutes) => new Raw(raw, new(conversion.Multiply, conversion.Divide), tags, minutes));

    private static readonly ProductDefinition Tagged = Product with { AllocationTags = ["team"] };

    private static readonly CountingRules TaggedRules = Rules with { Product = Tagged };

    [Fact]
    public void Seal_AnyConversions_ConvertedAndRemainderAreExactlyWhatWasUsed() =>
        Gen.Select(Event.Array[1, 40], Gen.Int[0, 40], Gen.Int[0, 2]).Sample((events, pause, between) =>
        {
            var ledger = new CustomerLedger(MeteringPeriod.Hour);
            foreach (var (index, raw) in events.Index())
            {
                var sample = raw.Of(index);
                ledger.Post(TaggedRules, sample.Time, sample, sample);
                if (index == pause)
                {
                    ledger = ledger.Restored();
                    ledger.Seal(HourOf(Noon.AddHours(between)), Tagged, Buyer, Noon.AddHours(between + 1));
                }
            }

            ledger.Seal(HourOf(Noon.AddHours(5)), Tagged, Buyer, Noon.AddHours(6));
            var balance = ledger.Balances()[Sum];
            Assert.Equal(Quantity.Zero, balance.Difference);
            var remainders = ledger.Remainders().GetValueOrDefault(Sum, []);
            Assert.All(remainders, one => Assert.True(one.IsPart));

            // In parts of a millionth that all denominators divide.
            var whole = events.Select(one => one.Conversion.Divide).Distinct()
                .Aggregate(BigInteger.One, (product, divide) => product * divide);
            var used = events.Aggregate(
                BigInteger.Zero,
                (sum, one) => sum
                    + ((BigInteger)one.Quantity * one.Conversion.Multiply * (whole / one.Conversion.Divide)));
            var kept = remainders.Aggregate(
                (BigInteger)balance.Accepted.Micros * whole,
                (sum, one) => sum + (one.Numerator * (whole / one.Denominator)));
            Assert.Equal(used, kept);
        });

    [Fact]
    public void Apply_EntriesInAnyOrderAndTwice_IsTheSameLedger() =>
        Gen.Select(Event.Array[1, 20], Gen.Int).Sample((events, seed) =>
        {
            var (ledger, rebuilt) = (new CustomerLedger(MeteringPeriod.Hour), new CustomerLedger(MeteringPeriod.Hour));
            var entries = events.Select((raw, index) => raw.Of(index))
                .Select(sample => ledger.Post(TaggedRules, sample.Time, sample).Entry).ToArray();
            entries = [.. entries, .. entries];
            new Random(seed).Shuffle(entries);
            Array.ForEach(entries, entry => LedgerEntries.Apply(rebuilt, entry, Product));
            Seal(ledger);
            Seal(rebuilt);

            Assert.Equal(ledger.Balances(), rebuilt.Balances());
            Assert.Equal(ledger.Records(), rebuilt.Records());
            Assert.Equal(ledger.Remainders().GetValueOrDefault(Sum), rebuilt.Remainders().GetValueOrDefault(Sum));
        });

    [Fact]
    public void Post_AByteAMinute_IsAGibibyteWhenItIsOne()
    {
        var ledger = new CustomerLedger(MeteringPeriod.Hour);
        var part = new MicroFraction(GiB / 4, GiB);
        for (var quarter = 1; quarter <= 4; quarter++)
        {
            var time = Noon.AddHours(quarter);
            ledger.Post(time, new TestEvent(quarter, time, 249_999) { Fraction = new(GiB - 1, GiB) });
            ledger.Post(time, new TestEvent(-quarter, time, 0) { Fraction = new(1, GiB) });
            Assert.Equal(new Quantity(quarter * 250_000), ledger.Balances()[Sum].Accepted);
            ledger.Seal(time);
        }

        Assert.Equal(1, Assert.Single(ledger.Records()).Record.Quantity);
        Assert.Empty(ledger.Remainders());
        ledger.Post(Noon.AddHours(5), new TestEvent(9, Noon.AddHours(5), 0) { Fraction = part });
        ledger.Seal(Noon.AddHours(5));
        Assert.Equal([part], ledger.Remainders()[Sum]);
    }

    [Fact]
    public void SealEarly_OpenFractions_AreCarried()
    {
        var ledger = new CustomerLedger(MeteringPeriod.Hour);
        var ahead = Noon.AddHours(1);
        ledger.Post(
            Noon.AddMinutes(58),
            new TestEvent(1, Noon, 999_999) { Fraction = new(2, 3) },
            new TestEvent(2, ahead) { Fraction = new(2, 3) });
        ledger.SealEarly(Product, Buyer, Noon.AddMinutes(59));

        Assert.Equal(2, Assert.Single(ledger.Records()).Record.Quantity);
        Assert.Equal([new(1, 3)], ledger.Remainders()[Sum]);
        Assert.Equal(Quantity.Zero, ledger.Balances()[Sum].Difference);
    }

    [Fact]
    public void ToSnapshot_Fractions_HaveTheBytesTheyAlwaysHad()
    {
        var ledger = new CustomerLedger(MeteringPeriod.Hour);
        ledger.Post(TaggedRules, Noon, new TestEvent(1, Noon, 5) { Fraction = new(1, 3), Tags = "team\0a\0" });
        ledger.Seal(HourOf(Noon), Tagged, Buyer, Noon.AddHours(1));
        var later = Noon.AddHours(1);
        ledger.Post(
            TaggedRules,
            later,
            new TestEvent(2, later, 7) { Fraction = new(2, 3), Tags = "team\0a\0" },
            new TestEvent(3, later, 8) { Fraction = new(1, 2), Tags = "team\0r\u00f6d\0" },
            new TestEvent(4, later, 9, Max) { Fraction = new(3, 4) });
        var snapshot = ledger.ToSnapshot();

        Assert.Equal(
            """
            06100E0000C00A076A000000000000000000000080020000000000000014000000000000000000000000000000000000
            000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000
            000000000000000000000000000000000000000000000000000000000005000000000000000000000000000000000000
            000000000000000000000000000300000000000000000000000000000000000000000000000000000000000000000100
            0000070000007465616D0061000500000000000000000000000000000000000000000000000000000000000000010000
            000100000000000000030000000000000001000000D018076A000000000F000000000000000000000000000000020000
            0000000000000000000000008000000000000000000000000000000000000000000E0800000000000000000000000000
            0000FFFFFFFF01000000070000007465616D006100070000000000000000000000000000000200000001000000000000
            000200000000000000020000000000000003000000000000000100000001000000000000000200000000000000010000
            00070000007465616D006100010000000200000000000000030000000000000000000000020000000900000000000000
            000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000
            000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000
            0000000000000000000000000000000000000000000000000001000000D018076A000000000900000000000000000000
            000000000001000000000000000000000000000080000000000000000000000000000000000000000004010000000300
            0000000000000400000000000000000000000000000000000000040000007B91479CAE718DF5731403B680785478104E
            1A695761DF08C00A076A00000000F6228F385DE31AEBE728066C01F1A8F049D204CEAF61DF08D018076A0000000071B4
            D6D40B55A8E05B3D09228269FD68E94AFEDFE935157CD018076A00000000EC451E71BAC635D6CF510CD802E251E18873
            F4CF81B2DE08D018076A00000000
            """.ReplaceLineEndings(""),
            Convert.ToHexString(snapshot));
        Assert.Equal(snapshot, CustomerLedger.FromSnapshot(snapshot, MeteringPeriod.Hour).ToSnapshot());
        Assert.Throws<FormatException>(() =>
            CustomerLedger.FromSnapshot([5, .. snapshot.AsSpan(1)], MeteringPeriod.Hour));
    }

    private static void Seal(CustomerLedger ledger) =>
        ledger.Seal(HourOf(Noon.AddHours(5)), Tagged, Buyer, Noon.AddHours(6));

    private sealed record Raw(long Quantity, UnitConversion Conversion, int Team, int Minutes)
    {
        public TestEvent Of(int id)
        {
            Assert.True(Conversion.TryConvert(Quantity, out var converted, out var fraction));
            return new(id, Noon.AddMinutes(Minutes), converted)
            {
                Fraction = fraction,
                Tags = Team == 0 ? "" : $"team\0{Team}\0",
            };
        }
    }
}
