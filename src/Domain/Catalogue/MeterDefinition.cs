using Tally.Domain.Quantities;

namespace Tally.Domain.Catalogue;

/// <summary>
/// A name by which applications say what they measured, in their own unit, and what it is in the product's: events may
/// name a meter where they would name a dimension.
/// </summary>
/// <param name="Name">The meter's name, 1 to 255 characters, case-sensitive; no dimension's.</param>
/// <param name="Dimension">The dimension that its events count for.</param>
/// <param name="Multiply">By what a quantity is multiplied; 1 or more.</param>
/// <param name="Divide">By what it is divided then; 1 or more. What the division leaves is carried.</param>
/// <param name="Value">
/// Where a CloudEvent's data has the quantity: names of members with dots between them; null for the usual places.
/// </param>
public sealed record MeterDefinition(
    string Name,
    string Dimension,
    long Multiply = 1,
    long Divide = 1,
    string? Value = null)
{
    /// <summary>How quantities are converted.</summary>
    /// <returns>The conversion in lowest terms.</returns>
    public UnitConversion Conversion() => new UnitConversion(Multiply, Divide).Reduce();
}
