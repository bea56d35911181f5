
namespace Tally.Journal.Partitions;

/// <summary>Somebody who wants a partition's tail to be topped up.</summary>
/// <param name="Partition">The partition.</param>
internal sealed record TopUp(int Partition)
{
    /// <summary>Why it couldn't be, if it couldn't.</summary>
    public JournalException? Failure { get; set; }
}

/// <summary>Somebody who wants the entries of a customer in some rows.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="Customer">The customer's key, in UTF-8.</param>
/// <param name="Range">Behind which position, and up to which.</param>
/// <param name="Rows">The rows, in order.</param>
internal sealed record Fetch(int Partition, byte[] Customer, (long After, long Last) Range, List<long> Rows)
{
    /// <summary>What was found, in order.</summary>
    public List<JournalEntry> Entries { get; } = [];

    /// <summary>Why something couldn't be read, if it couldn't.</summary>
    public JournalException? Failure { get; set; }

    /// <summary>Takes the customer's entries out of a row.</summary>
    /// <param name="number">The row.</param>
    /// <param name="payload">What it holds.</param>
    /// <param name="copies">Whether the row is not to be held by its entries.</param>
    public void Take(long number, byte[] payload, bool copies)
    {
        var walk = new JournalRow(payload);
        while (walk.Next())
        {
            var position = JournalPosition.Of(number, walk.Ordinal);
            if (position > Range.After && position <= Range.Last && walk.Key.SequenceEqual(Customer))
            {
                Entries.Add(new(
                    position,
                    copies ? payload.AsSpan(walk.Payload).ToArray() : payload.AsMemory(walk.Payload)));
            }
        }
    }
}
