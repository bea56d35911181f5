namespace Tally.Domain.Reconciliation;

/// <summary>How kinds of differences are spelled.</summary>
public static class DifferenceKinds
{
    private static readonly string[] Words =
    [
        "missing_in_evidence", "answer_lost", "other_quantity", "other_receipt", "unknown_here", "never_sent_here",
        "twice_in_evidence", "twice_here", "in_flight",
    ];

    /// <summary>All words, in the order of the kinds.</summary>
    public static IReadOnlyList<string> All => Words;

    /// <summary>Spells a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>Its word.</returns>
    public static string NameOf(DifferenceKind kind) => Words[(int)kind];
}
