using System.Globalization;

namespace Tally.Domain.Quantities;

/// <summary>
/// An exact amount of usage in millionths of a unit. Totals have 128 bits, so that no number of events of the largest
/// quantity can overflow one; arithmetic is checked all the same and throws rather than wraps.
/// </summary>
/// <param name="Micros">The amount in millionths of a unit.</param>
public readonly record struct Quantity(Int128 Micros) : IComparable<Quantity>
{
    /// <summary>Millionths in a unit.</summary>
    public const long MicrosPerUnit = 1_000_000;

    /// <summary>The largest quantity one usage event may carry, in units.</summary>
    public const long EventUnitsMax = 9_000_000_000_000;

    /// <summary>The largest quantity one usage event may carry, in millionths; it fits a 64-bit integer.</summary>
    public const long EventMicrosMax = EventUnitsMax * MicrosPerUnit;

    /// <summary>No usage.</summary>
    public static Quantity Zero => default;

    /// <summary>Makes a quantity of whole units.</summary>
    /// <param name="units">How many units.</param>
    /// <returns>The quantity.</returns>
    public static Quantity OfUnits(long units) => new((Int128)units * MicrosPerUnit);

    /// <summary>Adds two quantities.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>The exact sum.</returns>
    /// <exception cref="OverflowException">The sum has more than 128 bits.</exception>
    public static Quantity operator +(Quantity left, Quantity right) => new(checked(left.Micros + right.Micros));

    /// <summary>Subtracts a quantity from another.</summary>
    /// <param name="left">What is subtracted from.</param>
    /// <param name="right">What is subtracted.</param>
    /// <returns>The exact difference; it may be negative.</returns>
    /// <exception cref="OverflowException">The difference has more than 128 bits.</exception>
    public static Quantity operator -(Quantity left, Quantity right) => new(checked(left.Micros - right.Micros));

    /// <summary>Compares by amount.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether the first is less.</returns>
    public static bool operator <(Quantity left, Quantity right) => left.Micros < right.Micros;

    /// <summary>Compares by amount.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether the first is more.</returns>
    public static bool operator >(Quantity left, Quantity right) => left.Micros > right.Micros;

    /// <summary>Compares by amount.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether the first is at most the second.</returns>
    public static bool operator <=(Quantity left, Quantity right) => left.Micros <= right.Micros;

    /// <summary>Compares by amount.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether the first is at least the second.</returns>
    public static bool operator >=(Quantity left, Quantity right) => left.Micros >= right.Micros;

    /// <inheritdoc />
    public int CompareTo(Quantity other) => Micros.CompareTo(other.Micros);

    /// <summary>Writes the amount as a decimal number with as many decimals as it needs, at most six.</summary>
    /// <returns>For example <c>12.5</c>.</returns>
    public override string ToString()
    {
        var magnitude = Int128.IsNegative(Micros) ? (UInt128)(-(Micros + 1)) + 1 : (UInt128)Micros;
        var units = magnitude / MicrosPerUnit;
        var fraction = (int)(magnitude % MicrosPerUnit);
        var sign = Int128.IsNegative(Micros) ? "-" : "";
        var text = sign + units.ToString(CultureInfo.InvariantCulture);
        return fraction == 0
            ? text
            : text + "." + fraction.ToString("D6", CultureInfo.InvariantCulture).TrimEnd('0');
    }
}
