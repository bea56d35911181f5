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
/// <param name="CustomerKey">The customer.</param>
/// <param name="Range">Behind which position, and up to which.</param>
/// <param name="Rows">The rows, in order.</param>
internal sealed record Fetch(int Partition, string CustomerKey, (long After, long Last) Range, List<long> Rows)
{
    /// <summary>What was found, in order when the round is finished.</summary>
    public List<JournalEntry> Entries { get; } = [];

    /// <summary>Why something couldn't be read, if it couldn't.</summary>
    public JournalException? Failure { get; set; }
}
