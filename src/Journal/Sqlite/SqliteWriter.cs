using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace Tally.Journal.Sqlite;

/// <summary>
/// Makes commits, on the writer's thread: everything that waited, in one transaction, and answers afterwards.
/// </summary>
internal sealed partial class SqliteWriter(SqliteStoreOptions options, ILogger logger) : IDisposable
{
    private SqliteSession? _session;

    /// <summary>Called before each commit takes effect; what it throws fails the commit. For tests.</summary>
    public Action? BeforeCommit { get; set; }

    /// <summary>Called after each commit took effect; what it throws makes it look failed. For tests.</summary>
    public Action? AfterCommit { get; set; }

    /// <summary>Called when the database was opened again after a failure, before anybody is answered.</summary>
    public Action<SqliteSession>? Reopened { get; set; }

    /// <summary>Opens the database, unless it is open.</summary>
    /// <returns>The session.</returns>
    /// <exception cref="SqliteException">It can't be opened.</exception>
    public SqliteSession Open()
    {
        if (_session is null)
        {
            var session = SqliteSchema.Open(options);
            try
            {
                SqliteSchema.Prepare(session);
                _session = session;
            }
            catch (Exception)
            {
                session.Dispose();
                throw;
            }
        }

        return _session;
    }

    /// <summary>Writes operations in one transaction and answers them.</summary>
    /// <param name="operations">The operations.</param>
    public void Commit(List<WriteOperation> operations)
    {
        try
        {
            var session = Open();
            session.Run("BEGIN IMMEDIATE");
            foreach (var operation in operations)
            {
                Execute(session, operation);
            }

            BeforeCommit?.Invoke();
            session.Run("COMMIT");
            AfterCommit?.Invoke();
        }
        catch (Exception exception)
        {
            var trouble = SqliteTrouble.Explain(options.Path, exception);
            Log.CommitFailed(logger, exception, operations.Count, trouble);
            Fail(operations, new($"A commit failed. {trouble}", exception));
            return;
        }

        foreach (var operation in operations)
        {
            if (operation.Refusal is null)
            {
                operation.Complete();
            }
            else
            {
                operation.Fail(operation.Refusal);
            }
        }
    }

    /// <summary>Copies the rest of the write-ahead log, so that the next commit starts it anew.</summary>
    public void Checkpoint()
    {
        try
        {
            _session?.Checkpoint();
        }
        catch (SqliteException exception)
        {
            Log.CheckpointFailed(logger, exception, SqliteTrouble.Explain(options.Path, exception));
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _session?.Dispose();
        _session = null;
    }

    private static void Execute(SqliteSession session, WriteOperation operation)
    {
        if (!operation.FailsAlone)
        {
            operation.Execute(session);
            return;
        }

        session.Run("SAVEPOINT operation");
        try
        {
            operation.Execute(session);
        }
        catch (Exception exception) when (!session.IsIdle && IsOfStatement(exception))
        {
            session.Run("ROLLBACK TO operation");
            operation.Refusal = exception;
        }

        session.Run("RELEASE operation");
    }

    /// <summary>Whether an error says something about a statement, rather than about the disk or the file.</summary>
    private static bool IsOfStatement(Exception exception) => exception is not SqliteException
    {
        SqliteErrorCode: not (raw.SQLITE_ERROR or raw.SQLITE_CONSTRAINT or raw.SQLITE_TOOBIG
            or raw.SQLITE_MISMATCH or raw.SQLITE_RANGE),
    };

    private void Fail(List<WriteOperation> operations, JournalException failure)
    {
        operations.ForEach(operation => operation.Abandon());
        Reopen();
        operations.ForEach(operation => operation.Fail(failure));
    }

    /// <summary>
    /// After a failure the connection is not to be trusted; a new one finds what is stored. If the disk does not
    /// allow it yet, the next commit tries again.
    /// </summary>
    private void Reopen()
    {
        try
        {
            Dispose();
            Reopened?.Invoke(Open());
        }
        catch (Exception exception)
        {
            Log.ReopenFailed(logger, exception, SqliteTrouble.Explain(options.Path, exception));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            2001, LogLevel.Error, "A commit of {Writes} writes failed; their outcome is not known. {Trouble}")]
        public static partial void CommitFailed(ILogger logger, Exception exception, int writes, string trouble);

        [LoggerMessage(
            2002, LogLevel.Error, "The database can't be opened again yet; the next commit tries it. {Trouble}")]
        public static partial void ReopenFailed(ILogger logger, Exception exception, string trouble);

        [LoggerMessage(
            2003, LogLevel.Warning, "The write-ahead log could not be copied; it grows until it can. {Trouble}")]
        public static partial void CheckpointFailed(ILogger logger, Exception exception, string trouble);
    }
}
