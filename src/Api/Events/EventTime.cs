namespace Tally.Api.Events;

/// <summary>Reads RFC 3339 times with an offset, the only form that says one moment.</summary>
internal static class EventTime
{
    private const int FractionDigitsMax = 7;

    /// <summary>Reads a time.</summary>
    /// <param name="text">For example <c>2026-11-22T10:20:30.5+01:00</c>; decimals beyond the seventh are cut.</param>
    /// <param name="ticks">The moment in UTC ticks.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.Length < 20
            || text[4] != '-' || text[7] != '-' || text[10] is not ((byte)'T' or (byte)'t')
            || text[13] != ':' || text[16] != ':'
            || !TryDigits(text[..4], out var year) || !TryDigits(text.Slice(5, 2), out var month)
            || !TryDigits(text.Slice(8, 2), out var day) || !TryTimeOfDay(text[11..19], out var timeOfDay))
        {
            return false;
        }

        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        var rest = text[19..];
        if (!TryFraction(ref rest, out var fraction) || !TryOffset(rest, out var offset))
        {
            return false;
        }

        ticks = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc).Ticks + timeOfDay + fraction - offset;
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks;
    }

    private static bool TryTimeOfDay(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (!TryDigits(text[..2], out var hour) || hour > 23
            || !TryDigits(text.Slice(3, 2), out var minute) || minute > 59
            || !TryDigits(text.Slice(6, 2), out var second) || second > 59)
        {
            return false;
        }

        ticks = ((hour * 3_600L) + (minute * 60L) + second) * TimeSpan.TicksPerSecond;
        return true;
    }

    private static bool TryFraction(ref ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text[0] != '.')
        {
            return true;
        }

        var place = 1;
        for (; place < text.Length && text[place] is >= (byte)'0' and <= (byte)'9'; place++)
        {
            if (place <= FractionDigitsMax)
            {
                ticks = (ticks * 10) + (text[place] - '0');
            }
        }

        for (var digit = place; digit <= FractionDigitsMax; digit++)
        {
            ticks *= 10;
        }

        text = text[place..];
        return place > 1;
    }

    private static bool TryOffset(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.Length == 1)
        {
            return text[0] is (byte)'Z' or (byte)'z';
        }

        if (text.Length != 6 || text[0] is not ((byte)'+' or (byte)'-') || text[3] != ':'
            || !TryDigits(text.Slice(1, 2), out var hours) || hours > 23
            || !TryDigits(text.Slice(4, 2), out var minutes) || minutes > 59)
        {
            return false;
        }

        ticks = ((hours * 60L) + minutes) * TimeSpan.TicksPerMinute * (text[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, out int number)
    {
        number = 0;
        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            number = (number * 10) + (digit - '0');
        }

        return true;
    }
}
