using System.Numerics;
using CsCheck;
using Tally.Domain.Quantities;

namespace Tally.Domain.Tests.Quantities;

public sealed class QuantityTests
{
    private static readonly Gen<Int128> AnyMicros =
        Gen.Select(Gen.Long, Gen.ULong, (high, low) => ((Int128)high << 64) | low);

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1, "0.000001")]
    [InlineData(-1, "-0.000001")]
    [InlineData(1_000_000, "1")]
    [InlineData(12_500_000, "12.5")]
    [InlineData(-12_500_000, "-12.5")]
    [InlineData(100_000_000, "100")]
    [InlineData(Quantity.EventMicrosMax, "9000000000000")]
    public void ToString_Amount_HasOnlyTheDecimalsItNeeds(long micros, string text) =>
        Assert.Equal(text, new Quantity(micros).ToString());

    [Fact]
    public void ToString_AnyAmount_IsTheExactDecimalNumber() =>
        AnyMicros.Sample(
            micros => Assert.Equal((BigInteger)micros, MicrosOf(new Quantity(micros).ToString())),
            iter: 5_000);

    [Fact]
    public void ToString_LeastAndMost_DoNotOverflow()
    {
        Assert.Equal((BigInteger)Int128.MinValue, MicrosOf(new Quantity(Int128.MinValue).ToString()));
        Assert.Equal((BigInteger)Int128.MaxValue, MicrosOf(new Quantity(Int128.MaxValue).ToString()));
    }

    [Fact]
    public void Arithmetic_AnyAmounts_IsExactOrThrows() =>
        Gen.Select(AnyMicros, AnyMicros).Sample(
            (left, right) =>
            {
                AssertExact((BigInteger)left + right, () => new Quantity(left) + new Quantity(right));
                AssertExact((BigInteger)left - right, () => new Quantity(left) - new Quantity(right));
            },
            iter: 5_000);

    [Fact]
    public void Add_BeyondTheLargest_ThrowsInsteadOfWrapping()
    {
        var largest = new Quantity(Int128.MaxValue);
        Assert.Throws<OverflowException>(() => largest + new Quantity(1));
        Assert.Throws<OverflowException>(() => new Quantity(Int128.MinValue) - new Quantity(1));
    }

    [Fact]
    public void Compare_AnyAmounts_AgreesWithTheirNumbers() =>
        Gen.Select(AnyMicros, AnyMicros, Gen.Bool).Sample(
            (left, other, same) =>
            {
                var right = same ? left : other;
                var (a, b) = (new Quantity(left), new Quantity(right));
                Assert.Equal(left < right, a < b);
                Assert.Equal(left > right, a > b);
                Assert.Equal(left <= right, a <= b);
                Assert.Equal(left >= right, a >= b);
                Assert.Equal(left == right, a == b);
                Assert.Equal(Math.Sign(left.CompareTo(right)), Math.Sign(a.CompareTo(b)));
            },
            iter: 2_000);

    [Fact]
    public void OfUnits_AnyNumber_IsThatManyMillions() =>
        Gen.Long.Sample(
            units => Assert.Equal((BigInteger)units * 1_000_000, (BigInteger)Quantity.OfUnits(units).Micros));

    private static void AssertExact(BigInteger expected, Func<Quantity> compute)
    {
        if (expected >= (BigInteger)Int128.MinValue && expected <= (BigInteger)Int128.MaxValue)
        {
            Assert.Equal(expected, (BigInteger)compute().Micros);
        }
        else
        {
            Assert.Throws<OverflowException>(() => compute());
        }
    }

    /// <summary>Reads a decimal number the slow way.</summary>
    private static BigInteger MicrosOf(string text)
    {
        var negative = text.StartsWith('-');
        var parts = text.TrimStart('-').Split('.');
        var fraction = parts.Length == 1 ? "" : parts[1];
        Assert.True(fraction.Length <= 6, text);
        var micros = BigInteger.Parse(parts[0] + fraction.PadRight(6, '0'));
        return negative ? -micros : micros;
    }
}
