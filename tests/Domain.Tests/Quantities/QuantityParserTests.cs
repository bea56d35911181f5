using System.Numerics;
using CsCheck;
using Tally.Domain.Quantities;

namespace Tally.Domain.Tests.Quantities;

public sealed class QuantityParserTests
{
    private static readonly Gen<string> Digits = Gen.OneOf(
        Gen.Char['0', '9'].Array[1, 16].Select(digits => new string(digits)),
        Gen.Int[0, 30].Select(count => new string('0', count + 1)),
        Gen.Select(Gen.Int[0, 9_999], Gen.Int[0, 30], (head, zeros) => $"{head}{new string('0', zeros)}"),
        Gen.Select(Gen.Int[0, 30], Gen.Int[0, 9_999], (zeros, tail) => $"{new string('0', zeros)}{tail}"));

    private static readonly Gen<string> Whole = Digits.Select(
        digits => digits.TrimStart('0') is { Length: > 0 } some ? some : "0");

    private static readonly Gen<string> Exponent = Gen.OneOf(
        Gen.Const(""),
        Gen.Select(Gen.OneOf("e", "E"), Gen.OneOf("", "+", "-"), Gen.Int[0, 40], (e, sign, n) => $"{e}{sign}{n}"),
        Gen.Select(Gen.OneOf("e", "E"), Gen.OneOf("", "+", "-"), Gen.Int[0, 9], (e, sign, n) => $"{e}{sign}00{n}"));

    private static readonly Gen<string> Number = Gen.Select(
        Gen.OneOf("", "", "", "-"),
        Whole,
        Gen.OneOf(Gen.Const(""), Digits.Select(digits => "." + digits)),
        Exponent,
        (sign, whole, fraction, exponent) => sign + whole + fraction + exponent);

    [Theory]
    [InlineData("0", 0)]
    [InlineData("-0", 0)]
    [InlineData("-0.000", 0)]
    [InlineData("-0e5", 0)]
    [InlineData("0e999999999999", 0)]
    [InlineData("1", 1_000_000)]
    [InlineData("12.5", 12_500_000)]
    [InlineData("0.000001", 1)]
    [InlineData("1.500000000000000000000000000", 1_500_000)]
    [InlineData("1e3", 1_000_000_000)]
    [InlineData("1E+3", 1_000_000_000)]
    [InlineData("1500e-3", 1_500_000)]
    [InlineData("1e-6", 1)]
    [InlineData("0.0000000001e4", 1)]
    [InlineData("9000000000000", Quantity.EventMicrosMax)]
    [InlineData("9e12", Quantity.EventMicrosMax)]
    [InlineData("9000000000000.000000", Quantity.EventMicrosMax)]
    [InlineData("8999999999999.999999", Quantity.EventMicrosMax - 1)]
    public void TryParse_QuantityOfAnEvent_IsExact(string text, long micros)
    {
        Assert.Equal(QuantityError.None, Parse(text, out var parsed));
        Assert.Equal(micros, parsed);
    }

    [Theory]
    [InlineData("-1", QuantityError.Negative)]
    [InlineData("-0.0000001", QuantityError.Negative)]
    [InlineData("-1e400", QuantityError.Negative)]
    [InlineData("0.0000001", QuantityError.TooPrecise)]
    [InlineData("1.0000001", QuantityError.TooPrecise)]
    [InlineData("1e-7", QuantityError.TooPrecise)]
    [InlineData("1e-999999999999999999999", QuantityError.TooPrecise)]
    [InlineData("9000000000000.000001", QuantityError.TooLarge)]
    [InlineData("9000000000001", QuantityError.TooLarge)]
    [InlineData("1e13", QuantityError.TooLarge)]
    [InlineData("1e999999999999999999999", QuantityError.TooLarge)]
    [InlineData("99999999999999999999999999999999999999999999.00000001", QuantityError.TooLarge)]
    public void TryParse_NumberThatIsNoQuantity_SaysWhy(string text, QuantityError error)
    {
        Assert.Equal(error, Parse(text, out var micros));
        Assert.Equal(0, micros);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("+1")]
    [InlineData("--1")]
    [InlineData("01")]
    [InlineData("-01")]
    [InlineData("00")]
    [InlineData(".5")]
    [InlineData("1.")]
    [InlineData("1.e3")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1e-")]
    [InlineData("1e1.0")]
    [InlineData("1e--1")]
    [InlineData("1 ")]
    [InlineData(" 1")]
    [InlineData("1,5")]
    [InlineData("0x10")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("\"1\"")]
    [InlineData("1.5.5")]
    [InlineData("١")]
    public void TryParse_NoJsonNumber_IsNotANumber(string text) =>
        Assert.Equal(QuantityError.NotANumber, Parse(text, out _));

    [Fact]
    public void TryParse_ExponentThatManyDigitsMakeUpFor_IsExact()
    {
        Assert.Equal(QuantityError.None, Parse("0." + new string('0', 2_000) + "15e2001", out var micros));
        Assert.Equal(1_500_000, micros);
        Assert.Equal(QuantityError.None, Parse("7" + new string('0', 3_000) + "e-3000", out micros));
        Assert.Equal(7_000_000, micros);
    }

    [Fact]
    public void TryParse_WhatToStringWrote_IsTheSame() =>
        Gen.OneOf(Gen.Long[0, Quantity.EventMicrosMax], Gen.Long[0, 100_000_000]).Sample(
            micros =>
            {
                Assert.Equal(QuantityError.None, Parse(new Quantity(micros).ToString(), out var parsed));
                Assert.Equal(micros, parsed);
            },
            iter: 5_000);

    [Fact]
    public void TryParse_AnyJsonNumber_AgreesWithBigIntegers() =>
        Number.Sample(
            text =>
            {
                var (error, expected) = Judge(text);
                Assert.Equal(error, Parse(text, out var micros));
                Assert.Equal(expected, micros);
            },
            iter: 20_000);

    [Fact]
    public void TryParse_AnyText_TakesExactlyTheJsonNumbers() =>
        Gen.OneOf('0', '1', '9', '.', '-', '+', 'e', 'E', ' ', 'a').Array[0, 8].Select(letters => new string(letters))
            .Sample(text => Assert.Equal(IsJsonNumber(text), Parse(text, out _) != QuantityError.NotANumber),
            iter: 20_000);

    private static QuantityError Parse(string text, out long micros) =>
        QuantityParser.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out micros);

    private static bool IsJsonNumber(string text)
    {
        try
        {
            using var document = System.Text.Json.JsonDocument.Parse(text);
            return document.RootElement.ValueKind == System.Text.Json.JsonValueKind.Number && text.Trim() == text;
        }
        catch (System.Text.Json.JsonException)
        {
            return false;
        }
    }

    /// <summary>The slow and obvious way: numerator and denominator as big integers.</summary>
    private static (QuantityError Error, long Micros) Judge(string text)
    {
        var negative = text[0] == '-';
        var parts = text.TrimStart('-').ToLowerInvariant().Split('e');
        var exponent = parts.Length == 1 ? 0 : int.Parse(parts[1]);
        var point = parts[0].Split('.');
        var fraction = point.Length == 1 ? "" : point[1];
        var power = exponent - fraction.Length + 6;
        var numerator = BigInteger.Parse(point[0] + fraction) * BigInteger.Pow(10, Math.Max(power, 0));
        var denominator = BigInteger.Pow(10, Math.Max(-power, 0));
        var whole = BigInteger.DivRem(numerator, denominator, out var rest);
        return (negative && numerator > 0, whole > Quantity.EventMicrosMax, rest > 0) switch
        {
            (true, _, _) => (QuantityError.Negative, 0),
            (_, true, _) => (QuantityError.TooLarge, 0),
            (_, _, true) => (QuantityError.TooPrecise, 0),
            _ => (QuantityError.None, (long)whole),
        };
    }
}
