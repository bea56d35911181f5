namespace Tally.Journal.Partitions;

/// <summary>What a row holds. A storage format.</summary>
internal enum RowKind
{
    /// <summary>Entries of customers.</summary>
    Entries = 0,

    /// <summary>Up to which positions snapshots of customers hold everything: 8 bytes each, little-endian.</summary>
    Covers = 1,
}
