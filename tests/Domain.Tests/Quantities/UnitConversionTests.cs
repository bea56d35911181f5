using System.Numerics;
using CsCheck;
using Tally.Domain.Encoding;
using Tally.Domain.Quantities;

namespace Tally.Domain.Tests.Quantities;

public sealed class UnitConversionTests
{
    private static readonly Gen<long> Number = Gen.OneOf(
        Gen.Long[1, 20], Gen.Long[1, 1L << 40], Gen.Long[1, long.MaxValue], Gen.Const(1L << 30),
        Gen.Const(long.MaxValue));

    private static readonly Gen<UnitConversion> Conversion =
        Gen.Select(Number, Number, (multiply, divide) => new UnitConversion(multiply, divide));

    private static readonly Gen<long> Micros =
        Gen.OneOf(Gen.Long[0, 3_000_000], Gen.Long[0, Quantity.EventMicrosMax], Gen.Const(Quantity.EventMicrosMax));

    private static readonly Gen<MicroFraction> Fraction = Gen.OneOf(
        Gen.Const(default(MicroFraction)),
        Gen.Long[2, 6].SelectMany(of => Gen.Long[0, of - 1].Select(part => new MicroFraction(part, of))),
        Gen.Long[0, long.MaxValue - 1].Select(part => new MicroFraction(part, long.MaxValue)));

    [Fact]
    public void TryConvert_AnyAmount_IsExactWithItsFraction() => Gen.Select(Conversion, Micros).Sample(
        (conversion, micros) =>
        {
            var exact = (BigInteger)micros * conversion.Multiply;
            var fits = conversion.TryConvert(micros, out var converted, out var fraction);
            Assert.Equal(exact / conversion.Divide <= Quantity.EventMicrosMax, fits);
            if (fits)
            {
                Assert.Equal(exact, ((BigInteger)converted * conversion.Divide) + fraction.Numerator);
                Assert.True(fraction.IsZero || (fraction.IsPart && fraction.Denominator == conversion.Divide));
            }
        },
        iter: 20_000);

    [Fact]
    public void Reduce_AnyConversion_IsTheSameInLowestTerms() => Gen.Select(Conversion, Micros).Sample(
        (conversion, micros) =>
        {
            var reduced = conversion.Reduce();
            Assert.Equal(BigInteger.One, BigInteger.GreatestCommonDivisor(reduced.Multiply, reduced.Divide));
            Assert.Equal(
                (BigInteger)conversion.Multiply * reduced.Divide, (BigInteger)reduced.Multiply * conversion.Divide);
            Assert.Equal(
                conversion.TryConvert(micros, out var converted, out var fraction),
                reduced.TryConvert(micros, out var other, out var otherFraction));
            Assert.Equal(converted, other);
            Assert.Equal(0, fraction.CompareTo(otherFraction));
        },
        iter: 20_000);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(-1, 1)]
    [InlineData(1, -1)]
    public void IsValid_NumbersBelowOne_IsFalse(long multiply, long divide) =>
        Assert.False(new UnitConversion(multiply, divide).IsValid);

    [Fact]
    public void CompareTo_Any_IsTheOrderOfTheirAmounts() => Gen.Select(Fraction, Fraction).Sample((one, other) =>
    {
        var order = (one.IsZero ? 0 : (BigInteger)one.Numerator * Math.Max(1, other.Denominator)).CompareTo(
            other.IsZero ? 0 : (BigInteger)other.Numerator * Math.Max(1, one.Denominator));
        Assert.Equal(order, Math.Sign(one.CompareTo(other)));
        Assert.Equal(order < 0, one < other);
        Assert.Equal(order > 0, one > other);
        Assert.Equal(order <= 0, one <= other);
        Assert.Equal(order >= 0, one >= other);
    });

    [Fact]
    public void Add_Fractions_GiveOutWholesAndKeepTheRestInAnyOrder() =>
        Gen.Select(Fraction.Array[0, 30], Gen.Int, Gen.Int[0, 30]).Sample((fractions, seed, pause) =>
        {
            var whole = AddAll(fractions, pause, out var bytes, out var sums);
            foreach (var of in fractions.Where(one => !one.IsZero).GroupBy(one => one.Denominator))
            {
                var exact = of.Aggregate(BigInteger.Zero, (sum, one) => sum + one.Numerator);
                var left = sums.Sums.SingleOrDefault(one => one.Denominator == of.Key);
                Assert.Equal(exact % of.Key, left.Numerator);
                whole -= exact / of.Key;
            }

            Assert.Equal(BigInteger.Zero, whole);
            Assert.All(sums.Sums, one => Assert.True(one.IsPart));
            new Random(seed).Shuffle(fractions);
            AddAll(fractions, pause / 2, out var others, out _);
            Assert.Equal(bytes, others);
        });

    [Theory]
    [InlineData(0, 3, 1, 4)]
    [InlineData(3, 3, 1, 4)]
    [InlineData(1, 4, 1, 4)]
    [InlineData(1, 5, 1, 4)]
    public void Read_FractionsThatAreNoneOrNotInOrder_IsAFormatException(long one, long of, long other, long otherOf)
    {
        var writer = new PayloadWriter();
        writer.Int32(2);
        long[] numbers = [one, of, other, otherOf];
        Array.ForEach(numbers, writer.Int64);
        Assert.Throws<FormatException>(() =>
        {
            var reader = new PayloadReader(writer.Written.Span);
            FractionSums.Read(ref reader);
        });
    }

    private static BigInteger AddAll(MicroFraction[] fractions, int pause, out byte[] bytes, out FractionSums sums)
    {
        var whole = Quantity.Zero;
        var (first, second) = (new FractionSums(), new FractionSums());
        foreach (var (index, fraction) in fractions.Index())
        {
            whole += (index < pause ? first : second).Add(fraction);
        }

        var writer = new PayloadWriter();
        second.Write(writer);
        var reader = new PayloadReader(writer.Written.Span);
        whole += first.Add(FractionSums.Read(ref reader));
        writer.Clear();
        first.Write(writer);
        (bytes, sums) = (writer.Written.ToArray(), first);
        return (BigInteger)whole.Micros;
    }
}
