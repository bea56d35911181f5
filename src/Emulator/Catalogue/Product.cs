namespace Tally.Emulator.Catalogue;

/// <summary>One product of a seller as it is declared at the moment; a declaration makes a new one.</summary>
internal sealed record Product
{
    public required string AccountId { get; init; }

    public required string Code { get; init; }

    public IReadOnlyList<string> Dimensions { get; init => field = value ?? []; } = [];

    public bool OpenToAll { get; init; }

    /// <summary>The regions in which its API is enabled; null: in all.</summary>
    public IReadOnlyList<string>? Regions { get; init; }

    /// <summary>
    /// Whether customers are named by account and licence alone, as for products that came since June 2026.
    /// </summary>
    public bool HasConcurrentAgreements { get; init; }

    public bool IsEnabledIn(string region) => Regions?.Contains(region, StringComparer.Ordinal) is not false;

    public bool HasDimension(string name) => Dimensions.Contains(name, StringComparer.Ordinal);
}
