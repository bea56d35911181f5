namespace Tally.Journal.Sqlite;

/// <summary>Hears of commits on the writer's thread, before those who wait for them.</summary>
internal interface ICommitObserver
{
    /// <summary>A commit is durable.</summary>
    /// <param name="batch">What it holds.</param>
    /// <param name="commit">Its number.</param>
    /// <param name="writtenAt">When it was written.</param>
    void Committed(WriteBatch batch, long commit, DateTimeOffset writtenAt);

    /// <summary>A commit failed; what is stored is not known.</summary>
    void OutcomeUnknown();
}
