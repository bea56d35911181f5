using Tally.Domain.Catalogue;

namespace Tally.Domain.Delivery.Throttling;

/// <summary>
/// Tells a product that AWS refuses on its own from one that happens to be refused because the account's quota is
/// used up: the latter hits the calls of all. There are two proofs. The quick one is that most calls of the product
/// are refused and none of the others'. The slow one is a run of refusals of this product only, which gets unlikely,
/// by the product's share of the calls, with every refusal.
/// </summary>
internal readonly record struct Suspicion
{
    private const double ChanceMost = 1e-6;

    // So many cuts leave a tenth of the rate: a limit of all that is still so much lower would hit the others too.
    private const int QuickRefusals = 10;

    /// <summary>The product that was refused last.</summary>
    public ProductKey Product { get; private init; }

    /// <summary>The account's rate before the product's first refusal.</summary>
    public RateState Before { get; private init; }

    private int Refusals { get; init; }

    /// <summary>Calls of the product and of others that were taken since.</summary>
    private (long Own, long Others) Taken { get; init; }

    /// <summary>The product's share of the calls; from above 0 up to 1.</summary>
    public double Share => (Refusals + Taken.Own) / (double)(Refusals + Taken.Own + Taken.Others);

    /// <summary>Whether the quota of the account no longer explains the refusals.</summary>
    public bool IsProven => IsQuicklyProven || (Refusals - 1) * Math.Log(Share) < Math.Log(ChanceMost);

    private bool IsQuicklyProven =>
        Refusals >= QuickRefusals && Taken.Own <= Refusals && Taken.Others >= QuickRefusals;

    public Suspicion WithTaken(ProductKey product) =>
        Refusals == 0 ? this
        : product == Product ? this with { Taken = (Taken.Own + 1, Taken.Others) }
        : this with { Taken = (Taken.Own, Taken.Others + 1) };

    public Suspicion WithRefused(ProductKey product, RateState before) =>
        Refusals > 0 && product == Product
            ? this with { Refusals = Refusals + 1 }
            : new() { Product = product, Before = before, Refusals = 1 };
}
