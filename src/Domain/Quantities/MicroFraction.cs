namespace Tally.Domain.Quantities;

/// <summary>
/// What a conversion leaves of a millionth of a unit; nothing when the conversion came out even.
/// </summary>
/// <param name="Numerator">0 for nothing, else at least 1 and below the denominator.</param>
/// <param name="Denominator">Of the millionth.</param>
public readonly record struct MicroFraction(long Numerator, long Denominator) : IComparable<MicroFraction>
{
    /// <summary>Whether it is nothing.</summary>
    public bool IsZero => Numerator == 0;

    /// <summary>Whether it is a part of a millionth, neither nothing nor all of it.</summary>
    public bool IsPart => Numerator > 0 && Numerator < Denominator;

    /// <summary>Compares by amount.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether the first is less.</returns>
    public static bool operator <(MicroFraction left, MicroFraction right) => left.CompareTo(right) < 0;

    /// <summary>Compares by amount.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether the first is more.</returns>
    public static bool operator >(MicroFraction left, MicroFraction right) => left.CompareTo(right) > 0;

    /// <summary>Compares by amount.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether the first is at most the second.</returns>
    public static bool operator <=(MicroFraction left, MicroFraction right) => left.CompareTo(right) <= 0;

    /// <summary>Compares by amount.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether the first is at least the second.</returns>
    public static bool operator >=(MicroFraction left, MicroFraction right) => left.CompareTo(right) >= 0;

    /// <inheritdoc />
    public int CompareTo(MicroFraction other) => IsZero || other.IsZero
        ? Numerator.CompareTo(other.Numerator)
        : ((Int128)Numerator * other.Denominator).CompareTo((Int128)other.Numerator * Denominator);
}
