using System.Runtime.InteropServices;
using System.Text;
using Tally.Journal.Partitions;

namespace Tally.Journal.Sqlite;

/// <summary>Rows of a partition that are being read, sorted by customer.</summary>
/// <param name="FirstRow">Where to begin.</param>
/// <param name="LastRow">Where to end.</param>
/// <param name="WithPayloads">Whether entries are kept, or only where they are.</param>
internal sealed record TailLoad(long FirstRow, long LastRow, bool WithPayloads)
{
    private readonly Dictionary<string, List<JournalEntry>> _entries = [];

    /// <summary>The entries by customer, in order; without payloads where they are not wanted.</summary>
    public IReadOnlyDictionary<string, List<JournalEntry>> Entries => _entries;

    /// <summary>Adds a row.</summary>
    /// <param name="row">Its number.</param>
    /// <param name="payload">What it holds.</param>
    /// <exception cref="JournalException">The row isn't valid.</exception>
    public void Add(long row, byte[] payload)
    {
        Span<char> key = stackalloc char[CustomerAddress.KeyLengthMax];
        var entries = _entries.GetAlternateLookup<ReadOnlySpan<char>>();
        var walk = new JournalRow(payload);
        while (walk.Next())
        {
            var customer = key[..Encoding.UTF8.GetChars(walk.Key, key)];
            var entry = new JournalEntry(
                JournalPosition.Of(row, walk.Ordinal),
                WithPayloads ? payload.AsMemory(walk.Payload) : default);
            (CollectionsMarshal.GetValueRefOrAddDefault(entries, customer, out _) ??= []).Add(entry);
        }
    }
}
