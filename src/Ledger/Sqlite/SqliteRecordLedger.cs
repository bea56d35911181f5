using Microsoft.Data.Sqlite;
using Tally.Contracts.Ledger;
using Tally.Domain.Ledger;
using Tally.Journal;
using Tally.Journal.Sqlite;

namespace Tally.Ledger.Sqlite;

/// <summary>
/// The ledger in the embedded database. Its lines join the commits of journal and snapshots, so that they cost no
/// flush of their own.
/// </summary>
/// <param name="database">Where to store.</param>
public sealed class SqliteRecordLedger(SqliteDatabase database) : IRecordLedger
{
    // What a line takes, about: most of it is said once for many lines.
    private const int BytesPerLine = 128;

    private readonly SqliteSegments _segments = new();
    private readonly Lock _lock = new();
    private Task _prepared = Task.FromException(new LedgerUnavailableException());

    /// <inheritdoc />
    public async Task AppendAsync(IReadOnlyList<LedgerLine> lines, CancellationToken cancellationToken = default)
    {
        if (lines.Count == 0)
        {
            return;
        }

        try
        {
            await Prepared().WaitAsync(cancellationToken);
            await database.WriteAsync(session => _segments.Write(session, lines), BytesPerLine * lines.Count)
                .WaitAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is JournalException or SqliteException)
        {
            throw new LedgerUnavailableException($"Lines could not be written: {exception.Message}", exception);
        }
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<LedgerRow>> QueryAsync(
        LedgerFilter filter, long after, int countMax, CancellationToken cancellationToken = default)
    {
        try
        {
            await Prepared().WaitAsync(cancellationToken);
            return await database.ReadAsync(session => new SqliteLedgerQuery(session, filter).Run(after, countMax))
                .WaitAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is JournalException or SqliteException)
        {
            throw new LedgerUnavailableException($"Lines could not be read: {exception.Message}", exception);
        }
    }

    /// <summary>Makes the tables before anything else, once; where that failed, again.</summary>
    private Task Prepared()
    {
        lock (_lock)
        {
            if (_prepared.IsFaulted)
            {
                _prepared = database.WriteAsync(session => SqliteLedgerSchema.Prepare(session, _segments));
            }

            return _prepared;
        }
    }
}
