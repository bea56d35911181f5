namespace Tally.Domain.Quantities;

/// <summary>
/// How an amount in one unit becomes one in another, exactly: by a fraction of whole numbers. Bytes become GiB by
/// 1 / 1,073,741,824.
/// </summary>
/// <param name="Multiply">By what it is multiplied; 1 or more.</param>
/// <param name="Divide">By what it is divided; 1 or more.</param>
public readonly record struct UnitConversion(long Multiply, long Divide)
{
    /// <summary>Leaves an amount as it is.</summary>
    public static UnitConversion None { get; } = new(1, 1);

    /// <summary>Whether both numbers can be used.</summary>
    public bool IsValid => Multiply > 0 && Divide > 0;

    /// <summary>Finds the same with the smallest numbers, so that what it leaves has few denominators.</summary>
    /// <returns>The conversion in lowest terms.</returns>
    public UnitConversion Reduce()
    {
        var (common, rest) = (Multiply, Divide);
        while (rest != 0)
        {
            (common, rest) = (rest, common % rest);
        }

        return new(Multiply / common, Divide / common);
    }

    /// <summary>Converts an amount: <c>micros * Multiply = (converted + fraction) * Divide</c>.</summary>
    /// <param name="micros">The amount in millionths, 0 to <see cref="Quantity.EventMicrosMax"/>.</param>
    /// <param name="converted">The amount in millionths of the other unit, rounded down.</param>
    /// <param name="fraction">What rounding down left.</param>
    /// <returns>Whether it is at most <see cref="Quantity.EventMicrosMax"/>.</returns>
    public bool TryConvert(long micros, out long converted, out MicroFraction fraction)
    {
        // Nearly every event: it names its dimension, and there is nothing to convert.
        if (Multiply == Divide)
        {
            (converted, fraction) = (micros, default);
            return micros <= Quantity.EventMicrosMax;
        }

        // Two numbers below 2^63 have a product below 2^126.
        var (whole, left) = Int128.DivRem((Int128)micros * Multiply, Divide);
        fraction = left == 0 ? default : new((long)left, Divide);
        converted = whole <= Quantity.EventMicrosMax ? (long)whole : 0;
        return whole <= Quantity.EventMicrosMax;
    }
}
