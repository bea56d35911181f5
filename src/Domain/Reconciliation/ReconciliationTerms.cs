using Tally.Domain.Time;

namespace Tally.Domain.Reconciliation;

/// <summary>What of the ledger is compared with evidence, and how closely.</summary>
/// <param name="Product">The product code; evidence of other products is left out.</param>
/// <param name="FromSeconds">
/// The first hour, in seconds since 1970; a whole hour, or a whole day where days are compared.
/// </param>
/// <param name="ToSeconds">The hour behind the last one.</param>
public sealed record ReconciliationTerms(string Product, long FromSeconds, long ToSeconds)
{
    /// <summary>How long metering hours are. AWS knows only the hour.</summary>
    public MeteringPeriod Period { get; init; } = MeteringPeriod.Hour;

    /// <summary>Whether sums of days are compared, though the evidence may tell hours.</summary>
    public bool IsDaily { get; init; }

    /// <summary>Whether sums over all customers are compared, as the evidence doesn't tell them apart.</summary>
    public bool IgnoresCustomers { get; init; }

    /// <summary>How many differences are kept; all are counted.</summary>
    public int DifferencesMax { get; init; } = 1_000;
}
