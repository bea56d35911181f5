namespace Tally.Domain.Ledger;

/// <summary>How kinds of lines are spelled, in stores, queries and exports. A storage format.</summary>
public static class LedgerKinds
{
    private static readonly string[] Words =
    [
        "sealed", "submitted", "answered", "delivered", "parked", "released", "corrected", "quarantined",
        "written_off", "expired", "held", "shadowed",
    ];

    /// <summary>All words, in the order of the kinds.</summary>
    public static IReadOnlyList<string> All => Words;

    /// <summary>Spells a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>Its word.</returns>
    public static string NameOf(LedgerKind kind) => Words[(int)kind];

    /// <summary>Reads a word.</summary>
    /// <param name="word">For example <c>written_off</c>.</param>
    /// <returns>The kind; null for any other word.</returns>
    public static LedgerKind? Find(string? word) =>
        Array.IndexOf(Words, word) is >= 0 and var index ? (LedgerKind)index : null;
}
