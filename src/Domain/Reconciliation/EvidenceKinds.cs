namespace Tally.Domain.Reconciliation;

/// <summary>How kinds of evidence are spelled.</summary>
public static class EvidenceKinds
{
    private static readonly string[] Words = ["emulator", "cloudtrail", "seller_report"];

    /// <summary>All words, in the order of the kinds.</summary>
    public static IReadOnlyList<string> All => Words;

    /// <summary>Spells a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>Its word.</returns>
    public static string NameOf(EvidenceKind kind) => Words[(int)kind];

    /// <summary>Reads a word.</summary>
    /// <param name="word">For example <c>seller_report</c>.</param>
    /// <returns>The kind; null for any other word.</returns>
    public static EvidenceKind? Find(string? word) =>
        Array.IndexOf(Words, word) is >= 0 and var index ? (EvidenceKind)index : null;
}
