using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Tally.Journal.Sqlite;

/// <summary>
/// One SQLite file in which everything the embedded platform stores is written by one thread, all that waits in one
/// transaction: group commit over all actors, journal and snapshots alike.
/// </summary>
/// <remarks>
/// <para>While a commit waits for the disk the next one collects, so that an idle system adds no delay and a busy one
/// shares each flush among thousands.</para>
/// <para>When a commit fails, everything in it fails, the database is opened again, and the next commit is tried as
/// usual: it recovers when the disk does.</para>
/// </remarks>
public sealed class SqliteDatabase : IAsyncDisposable
{
    private readonly SqliteStoreOptions _options;
    private readonly SqliteOwnership _ownership;
    private readonly WriteQueue _queue;
    private readonly SqliteWriter _writer;
    private readonly WalCheckpointer _checkpointer;
    private readonly SqliteReaders _readers;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _isDisposed;

    /// <summary>Opens the database, making it where there is none.</summary>
    /// <param name="options">How to keep the data.</param>
    /// <param name="clock">What time it is.</param>
    /// <param name="logger">Where to say what fails.</param>
    /// <exception cref="JournalException">
    /// The file can't be opened, is gone though it was there before, another process uses it, or it was made by a newer
    /// version or with another number of partitions. The message says what to do.
    /// </exception>
    public SqliteDatabase(SqliteStoreOptions options, TimeProvider clock, ILogger<SqliteDatabase> logger)
    {
        (_options, Clock) = (options, clock);
        _ownership = new(options.Path);
        _writer = new(options, logger);
        try
        {
            Refuse(SqliteSchema.EnsureMeta(_writer.Open(), "partitions", $"{options.Partitions}"),
                "partitions", $"{options.Partitions}");
            _ownership.Remember();
        }
        catch (Exception exception)
        {
            _writer.Dispose();
            _ownership.Dispose();
            throw exception is JournalException
                ? exception
                : new JournalException(
                    $"The database can't be opened. {SqliteTrouble.Explain(options.Path, exception)}", exception);
        }

        _queue = new(options);
        _checkpointer = new(options, logger);
        _readers = new(options, logger);
        new Thread(WriteUntilClosed) { IsBackground = true, Name = "Tally writer" }.Start();
    }

    /// <summary>The file.</summary>
    public string Path => _options.Path;

    /// <summary>How to keep the data.</summary>
    internal SqliteStoreOptions Options => _options;

    /// <summary>What time it is.</summary>
    internal TimeProvider Clock { get; }

    /// <summary>The writer, for tests that make it fail.</summary>
    internal SqliteWriter Writer => _writer;

    /// <summary>What waits, and the room for it.</summary>
    internal WriteQueue Queue => _queue;

    /// <summary>
    /// Remembers a value at the first start and compares it at later ones, for settings that data depend on.
    /// </summary>
    /// <param name="name">The setting's name.</param>
    /// <param name="value">Its present value.</param>
    /// <exception cref="JournalException">
    /// The data were written with another value, or the database can't be written.
    /// </exception>
    /// <remarks>For the start: it waits for the disk on the caller's thread.</remarks>
    public void EnsureMeta(string name, string value)
    {
        try
        {
            using var session = SqliteSchema.Open(_options);
            Refuse(SqliteSchema.EnsureMeta(session, name, value), name, value);
        }
        catch (SqliteException exception)
        {
            throw new JournalException(
                $"The database can't be written. {SqliteTrouble.Explain(_options.Path, exception)}", exception);
        }
    }

    /// <summary>Runs a write in the next commit.</summary>
    /// <typeparam name="T">The result's type.</typeparam>
    /// <param name="work">
    /// The statements, run on the writer's thread. An exception of its own, or an error that is a statement's, fails
    /// this write alone and takes back what it wrote; an error of the disk or the file fails the whole commit.
    /// </param>
    /// <param name="bytes">How much it writes, about, in bytes.</param>
    /// <returns>The result, once it is durable.</returns>
    /// <exception cref="JournalException">Whether it is durable is not known.</exception>
    /// <exception cref="JournalOverloadedException">Too much waits, or the database is closing.</exception>
    public async Task<T> WriteAsync<T>(Func<SqliteSession, T> work, int bytes = 0)
    {
        var operation = new WriteOperation<T>(work, bytes);
        if (!_queue.TryReserve(bytes))
        {
            throw new JournalOverloadedException();
        }

        try
        {
            return _queue.TryAdd(operation)
                ? await operation.Completion
                : throw new JournalOverloadedException("The database is closing.");
        }
        finally
        {
            _queue.Release(1, bytes);
        }
    }

    /// <summary>Reads, on a thread and a connection of the readers' own.</summary>
    /// <typeparam name="T">The result's type.</typeparam>
    /// <param name="work">The statements; each sees every commit that is done.</param>
    /// <returns>The result.</returns>
    /// <exception cref="JournalException">The database can't be read.</exception>
    /// <exception cref="JournalOverloadedException">Too many reads wait, or the database is closing.</exception>
    public async Task<T> ReadAsync<T>(Func<SqliteSession, T> work)
    {
        var operation = new ReadOperation<T>(work);
        _readers.Add(operation);
        return await operation.Completion;
    }

    /// <summary>Writes what waits and closes the file.</summary>
    /// <returns>A task that completes when that is done.</returns>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        _queue.Close();
        await _stopped.Task;
        _queue.Dispose();
        await _ownership.DisposeAsync();
    }

    private void Refuse(string stored, string name, string value)
    {
        if (stored != value)
        {
            throw new JournalException(
                $"The data in {_options.Path} were written with {name} {stored} and can't be read with {value}.");
        }
    }

    private void WriteUntilClosed()
    {
        var operations = new List<WriteOperation>();
        while (_queue.Take(operations))
        {
            _writer.Commit(operations);
            if (_checkpointer.Written(operations.Sum(operation => (long)operation.Bytes)))
            {
                _writer.Checkpoint();
            }

            operations.Clear();
        }

        // The last connection to close copies the rest of the write-ahead log.
        _readers.Dispose();
        _checkpointer.Dispose();
        _writer.Dispose();
        _stopped.SetResult();
    }
}
