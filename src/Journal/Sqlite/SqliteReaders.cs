using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Tally.Journal.Sqlite;

/// <summary>
/// Reads on threads of its own, each with a connection: SQLite waits for the disk by blocking, and the thread pool
/// belongs to the actors.
/// </summary>
internal sealed partial class SqliteReaders : IDisposable
{
    private readonly SqliteStoreOptions _options;
    private readonly ILogger _logger;
    private readonly BlockingCollection<ReadOperation> _waiting;
    private readonly Thread[] _threads;

    /// <summary>Starts the threads.</summary>
    /// <param name="options">How many.</param>
    /// <param name="logger">Where to say what fails.</param>
    public SqliteReaders(SqliteStoreOptions options, ILogger logger)
    {
        (_options, _logger) = (options, logger);
        _waiting = new(options.QueueMax);
        _threads = [.. Enumerable.Range(0, options.Readers).Select(number => new Thread(Run)
        {
            IsBackground = true,
            Name = $"Tally reader {number}",
        })];
        Array.ForEach(_threads, thread => thread.Start());
    }

    /// <summary>Adds a read.</summary>
    /// <param name="operation">The read.</param>
    /// <exception cref="JournalOverloadedException">Too many wait, or the database is closing.</exception>
    public void Add(ReadOperation operation)
    {
        if (_waiting.IsAddingCompleted || !_waiting.TryAdd(operation))
        {
            throw new JournalOverloadedException("Too many reads wait, or the database is closing.");
        }
    }

    /// <summary>Does what waits and ends the threads.</summary>
    public void Dispose()
    {
        _waiting.CompleteAdding();
        Array.ForEach(_threads, thread => thread.Join());
        _waiting.Dispose();
    }

    private void Run()
    {
        SqliteSession? session = null;
        foreach (var operation in _waiting.GetConsumingEnumerable())
        {
            try
            {
                session ??= SqliteSchema.Open(_options);
                operation.Execute(session);
            }
            catch (SqliteException exception)
            {
                // The next read gets a new connection: this one may be the trouble.
                var trouble = SqliteTrouble.Explain(_options.Path, exception);
                Log.ReadFailed(_logger, exception, trouble);
                session?.Dispose();
                session = null;
                operation.Fail(new JournalException($"The database can't be read. {trouble}", exception));
            }
            catch (Exception exception)
            {
                operation.Fail(exception);
            }
        }

        session?.Dispose();
    }

    private static partial class Log
    {
        [LoggerMessage(2005, LogLevel.Error, "The database can't be read; the next read opens it again. {Trouble}")]
        public static partial void ReadFailed(ILogger logger, Exception exception, string trouble);
    }
}
