namespace Tally.Domain.Quantities;

/// <summary>Reads a JSON number exactly, without a detour over floating point.</summary>
public static class QuantityParser
{
    /// <summary>
    /// Larger exponents count as this one, which is above the number of digits of any text that fits into memory
    /// beside it, so that digits can never make up for the difference.
    /// </summary>
    private const int ExponentMax = 100_000_000;

    private static ReadOnlySpan<ulong> PowersOfTen =>
    [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000,
        100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000,
        10_000_000_000_000_000, 100_000_000_000_000_000, 1_000_000_000_000_000_000,
    ];

    /// <summary>Reads the quantity of a usage event.</summary>
    /// <param name="text">A JSON number in UTF-8, for example <c>12.5</c> or <c>1e3</c>.</param>
    /// <param name="micros">The amount in millionths of a unit; 0 on an error.</param>
    /// <returns>What is wrong with it, or <see cref="QuantityError.None"/>.</returns>
    public static QuantityError TryParse(ReadOnlySpan<byte> text, out long micros)
    {
        micros = 0;
        var negative = text.Length > 0 && text[0] == '-';
        if (negative)
        {
            text = text[1..];
        }

        if (!TrySplit(text, out var digits, out var fraction, out var exponent))
        {
            return QuantityError.NotANumber;
        }

        var error = Scale(digits, fraction, exponent, out micros);
        if (negative && !(error == QuantityError.None && micros == 0))
        {
            micros = 0;
            return QuantityError.Negative;
        }

        return error;
    }

    private static bool TrySplit(
        ReadOnlySpan<byte> text,
        out ReadOnlySpan<byte> digits,
        out ReadOnlySpan<byte> fraction,
        out int exponent)
    {
        exponent = 0;
        fraction = default;
        var digitCount = CountDigits(text);
        digits = text[..digitCount];
        if (digitCount == 0 || (digitCount > 1 && digits[0] == '0'))
        {
            return false;
        }

        text = text[digitCount..];
        if (text.Length > 0 && text[0] == '.')
        {
            var fractionCount = CountDigits(text[1..]);
            if (fractionCount == 0)
            {
                return false;
            }

            fraction = text.Slice(1, fractionCount);
            text = text[(fractionCount + 1)..];
        }

        return text.IsEmpty || TryParseExponent(text, out exponent);
    }

    private static bool TryParseExponent(ReadOnlySpan<byte> text, out int exponent)
    {
        exponent = 0;
        if (text[0] is not ((byte)'e' or (byte)'E'))
        {
            return false;
        }

        text = text[1..];
        var negative = text.Length > 0 && text[0] == '-';
        if (text.Length > 0 && text[0] is (byte)'-' or (byte)'+')
        {
            text = text[1..];
        }

        if (text.IsEmpty || CountDigits(text) != text.Length)
        {
            return false;
        }

        foreach (var digit in text)
        {
            exponent = Math.Min(ExponentMax, (exponent * 10) + (digit - '0'));
        }

        exponent = negative ? -exponent : exponent;
        return true;
    }

    /// <summary>Adds digit by digit; the place of a digit is its power of ten, counted in millionths.</summary>
    private static QuantityError Scale(
        ReadOnlySpan<byte> digits,
        ReadOnlySpan<byte> fraction,
        int exponent,
        out long micros)
    {
        micros = 0;
        ulong total = 0;
        var place = digits.Length - 1 + exponent + 6;
        var tooPrecise = false;
        for (var index = 0; index < digits.Length + fraction.Length; index++, place--)
        {
            var digit = (index < digits.Length ? digits[index] : fraction[index - digits.Length]) - '0';
            if (digit == 0)
            {
                continue;
            }

            if (place < 0)
            {
                tooPrecise = true;
                break;
            }

            // 10^19 millionths are above the limit already, and 19 places of nines are below 2^64.
            if (place >= PowersOfTen.Length)
            {
                return QuantityError.TooLarge;
            }

            total += (uint)digit * PowersOfTen[place];
        }

        if (total > Quantity.EventMicrosMax)
        {
            return QuantityError.TooLarge;
        }

        if (tooPrecise)
        {
            return QuantityError.TooPrecise;
        }

        micros = (long)total;
        return QuantityError.None;
    }

    private static int CountDigits(ReadOnlySpan<byte> text)
    {
        var count = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return count < 0 ? text.Length : count;
    }
}
