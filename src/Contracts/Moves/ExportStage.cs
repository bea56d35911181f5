namespace Tally.Contracts.Moves;

/// <summary>In which order an export is read.</summary>
public enum ExportStage
{
    /// <summary>What the products are.</summary>
    Products = 0,

    /// <summary>Their customers, with what was counted and what waits.</summary>
    Customers = 1,

    /// <summary>The ledger of their records.</summary>
    Ledger = 2,

    /// <summary>The tenant and its keys, and the closing line.</summary>
    Tenant = 3,
}
