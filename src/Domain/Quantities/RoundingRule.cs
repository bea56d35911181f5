namespace Tally.Domain.Quantities;

/// <summary>How a sealed total becomes the whole number that AWS takes.</summary>
public enum RoundingRule
{
    /// <summary>Down; the fraction is carried into the customer's next record of the dimension. The default.</summary>
    Floor = 0,

    /// <summary>Up; what was added is booked as rounding.</summary>
    Ceiling = 1,

    /// <summary>To the nearest, halves up; what was added or taken is booked as rounding.</summary>
    Nearest = 2,
}
