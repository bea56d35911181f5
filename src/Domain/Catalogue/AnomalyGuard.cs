namespace Tally.Domain.Catalogue;

/// <summary>
/// Holds a record whose quantity is far beyond what its customer had, until a person releases it or its deadline
/// nears: a mistake in an application is found before the customer is charged for it.
/// </summary>
/// <param name="Factor">
/// How many times the largest of the customer's last records of the dimension is too much; 2 to 1,000,000.
/// </param>
/// <param name="QuantityMin">Records below this are never held; 1 to 2,147,483,647.</param>
public sealed record AnomalyGuard(int Factor, int QuantityMin)
{
    /// <summary>The largest factor.</summary>
    public const int FactorMax = 1_000_000;
}
