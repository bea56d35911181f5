namespace Tally.Domain.Quantities;

/// <summary>A total, split for a usage record.</summary>
/// <param name="Whole">The record's quantity, 0 to 2,147,483,647.</param>
/// <param name="Carry">What moves into the next record; zero or more.</param>
/// <param name="Adjustment">What rounding added (above zero) or took (below zero).</param>
public readonly record struct RoundedQuantity(int Whole, Quantity Carry, Quantity Adjustment);
