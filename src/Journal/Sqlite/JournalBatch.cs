using Tally.Journal.Partitions;

namespace Tally.Journal.Sqlite;

/// <summary>
/// The entries of one commit, as a write of the database. It collects until the writer takes it up, which is for as
/// long as the commit before it lasts.
/// </summary>
/// <param name="journal">Its owner.</param>
/// <param name="partitions">How many partitions there are.</param>
internal sealed class JournalBatch(SqliteUsageJournal journal, int partitions) : WriteOperation
{
    /// <inheritdoc />
    public override int Bytes => Entries.Bytes;

    /// <inheritdoc />
    /// <remarks>An error in it means that the file is not as it should be.</remarks>
    public override bool FailsAlone => false;

    /// <summary>What it holds.</summary>
    public EntryBatch Entries { get; } = new(0, partitions);

    /// <summary>Its commit's number; 0 before the writer took it up.</summary>
    public long Commit { get; set; }

    /// <inheritdoc />
    public override void Execute(SqliteSession session) => journal.Write(this, session);

    /// <inheritdoc />
    public override void Complete() => journal.Committed(this);

    /// <inheritdoc />
    public override void Abandon() => journal.Abandon(this);

    /// <inheritdoc />
    public override void Fail(Exception exception) => journal.Fail(this, exception);

    /// <summary>Empties it for the next use.</summary>
    public void Clear()
    {
        Entries.Clear();
        Commit = 0;
    }
}
