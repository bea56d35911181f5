namespace Tally.Journal;

/// <summary>One entry as it was appended.</summary>
/// <param name="Position">Its place among the customer's entries, above zero.</param>
/// <param name="Payload">The bytes that were appended.</param>
public readonly record struct JournalEntry(long Position, ReadOnlyMemory<byte> Payload);
