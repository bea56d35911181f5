namespace Tally.Domain.Quantities;

/// <summary>Why a text is not the quantity of a usage event.</summary>
public enum QuantityError
{
    /// <summary>It is one.</summary>
    None = 0,

    /// <summary>It is not a JSON number.</summary>
    NotANumber,

    /// <summary>It is below zero.</summary>
    Negative,

    /// <summary>It is above <see cref="Quantity.EventUnitsMax"/>.</summary>
    TooLarge,

    /// <summary>It has more than six decimals that are not zero.</summary>
    TooPrecise,
}
