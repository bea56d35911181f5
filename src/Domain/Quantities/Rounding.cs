namespace Tally.Domain.Quantities;

/// <summary>Splits a total into what AWS is told, what is carried on, and what rounding made of it.</summary>
public static class Rounding
{
    /// <summary>
    /// The largest quantity of one usage record. Source: the service model, UsageQuantity 0..2147483647.
    /// </summary>
    public const int RecordQuantityMax = int.MaxValue;

    /// <summary>Splits a total.</summary>
    /// <param name="total">What was accumulated and carried in; zero or more.</param>
    /// <param name="rule">How to round.</param>
    /// <returns>
    /// The parts, with <c>total + Adjustment = Whole + Carry</c>. An overflow beyond
    /// <see cref="RecordQuantityMax"/> is carried whatever the rule.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The total is negative, or the rule is unknown.</exception>
    public static RoundedQuantity Split(Quantity total, RoundingRule rule)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(total.Micros, nameof(total));
        var floor = total.Micros / Quantity.MicrosPerUnit;
        var rest = total.Micros % Quantity.MicrosPerUnit;
        if (floor >= RecordQuantityMax)
        {
            return new(RecordQuantityMax, total - Quantity.OfUnits(RecordQuantityMax), Quantity.Zero);
        }

        var up = rule switch
        {
            RoundingRule.Floor => false,
            RoundingRule.Ceiling => rest > 0,
            RoundingRule.Nearest => rest * 2 >= Quantity.MicrosPerUnit,
            _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "Unknown rounding rule."),
        };
        if (rule == RoundingRule.Floor)
        {
            return new((int)floor, new Quantity(rest), Quantity.Zero);
        }

        var whole = (int)floor + (up ? 1 : 0);
        return new(whole, Quantity.Zero, Quantity.OfUnits(whole) - total);
    }
}
