namespace Tally.Journal.Partitions;

/// <summary>Where a partition ends.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="Mark">Every entry up to this row is covered.</param>
/// <param name="Last">Its last row; 0 for none. No row will turn up below.</param>
/// <param name="Count">How many rows it has behind the mark and behind what the reader knows.</param>
internal sealed record PartitionEnd(int Partition, long Mark, long Last, long Count);
