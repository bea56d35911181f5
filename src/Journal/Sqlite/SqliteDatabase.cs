using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Tally.Journal.Sqlite;

/// <summary>
/// One SQLite file in which everything the embedded platform stores is written by one thread, all that waits in one
/// transaction: group commit over all actors, journal and snapshots alike.
/// </summary>
/// <remarks>
/// While a commit waits for the disk the next one collects, so that an idle system adds no delay and a busy one
/// shares each flush among thousands.
/// </remarks>
public sealed partial class SqliteDatabase : IAsyncDisposable
{
    private readonly SqliteStoreOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<SqliteDatabase> _logger;
    private readonly WriteQueue _queue;
    private readonly ConcurrentBag<SqliteConnection> _readers = [];
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private JournalWriter _writer;

    /// <summary>Opens the database, making it where there is none.</summary>
    /// <param name="options">How to keep the data.</param>
    /// <param name="clock">What time it is.</param>
    /// <param name="logger">Where to say what fails.</param>
    /// <exception cref="JournalException">
    /// The file can't be opened, or it was made with another number of partitions.
    /// </exception>
    public SqliteDatabase(SqliteStoreOptions options, TimeProvider clock, ILogger<SqliteDatabase> logger)
    {
        (_options, _clock, _logger) = (options, clock, logger);
        _queue = new(options.QueueMax, options.CommitBytesMax);
        try
        {
            _writer = new(Open(), options.Partitions);
        }
        catch (SqliteException exception)
        {
            throw new JournalException($"The database {options.Path} can't be opened: {exception.Message}", exception);
        }

        var thread = new Thread(WriteUntilClosed) { IsBackground = true, Name = "Tally journal writer" };
        thread.Start();
        EnsureMeta("partitions", $"{options.Partitions}");
    }

    /// <summary>Who hears of commits; null for nobody.</summary>
    internal ICommitObserver? Observer { get; set; }

    /// <summary>Called on the writer's thread before each commit; what it throws fails the commit. For tests.</summary>
    internal Action<WriteBatch>? BeforeCommit { get; set; }

    /// <summary>How many writes wait to be taken by the writer.</summary>
    internal int Waiting => _queue.Waiting;

    /// <summary>The number of the last commit that is durable; to be read on the writer's thread.</summary>
    internal long LastCommit => _writer.LastCommit;

    /// <summary>
    /// Remembers a value at the first start and compares it at later ones, for settings that data depend on.
    /// </summary>
    /// <param name="name">The setting's name.</param>
    /// <param name="value">Its present value.</param>
    /// <exception cref="JournalException">The data were written with another value.</exception>
    public void EnsureMeta(string name, string value)
    {
        using var connection = Open();
        using var insert = connection.CreateCommand();
        insert.CommandText =
            "INSERT INTO meta (name, value) VALUES ($name, $value) ON CONFLICT DO NOTHING;"
            + "SELECT value FROM meta WHERE name = $name;";
        insert.Parameters.AddWithValue("$name", name);
        insert.Parameters.AddWithValue("$value", value);
        var stored = (string)insert.ExecuteScalar()!;
        if (stored != value)
        {
            throw new JournalException(
                $"The data in {_options.Path} were written with {name} {stored} and can't be read with {value}.");
        }
    }

    /// <summary>Runs a write in the next commit.</summary>
    /// <typeparam name="T">The result's type.</typeparam>
    /// <param name="work">
    /// The statements, run on the writer's thread. An exception of its own fails this write alone; it must be thrown
    /// before anything is written. A SQLite error fails the whole commit.
    /// </param>
    /// <returns>The result, once it is durable.</returns>
    /// <exception cref="JournalException">Whether it is durable is not known.</exception>
    public Task<T> WriteAsync<T>(Func<SqliteConnection, T> work)
    {
        var operation = new WriteOperation<T>(work);
        _queue.Add(operation);
        return operation.Completion;
    }

    /// <summary>Reads, on a connection of the reader's own.</summary>
    /// <typeparam name="T">The result's type.</typeparam>
    /// <param name="work">The statements; they see every commit that is done.</param>
    /// <returns>The result.</returns>
    /// <exception cref="JournalException">The database can't be read.</exception>
    public T Read<T>(Func<SqliteConnection, T> work)
    {
        try
        {
            var connection = _readers.TryTake(out var idle) ? idle : Open();
            var result = work(connection);
            _readers.Add(connection);
            return result;
        }
        catch (SqliteException exception)
        {
            throw new JournalException($"The database can't be read: {exception.Message}", exception);
        }
    }

    /// <summary>Writes what waits and closes the file.</summary>
    /// <returns>A task that completes when that is done.</returns>
    public async ValueTask DisposeAsync()
    {
        _queue.Close();
        await _stopped.Task;
        foreach (var reader in _readers)
        {
            await reader.DisposeAsync();
        }

        _writer.Dispose();
    }

    /// <summary>Adds an entry to the next commit.</summary>
    /// <param name="customerKey">Whose.</param>
    /// <param name="payload">The entry.</param>
    /// <returns>The commit's number, once it is durable.</returns>
    internal Task<long> AppendAsync(string customerKey, ReadOnlyMemory<byte> payload) =>
        _queue.Add(customerKey, payload);

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = _options.Path,
            Pooling = false,
            DefaultTimeout = 30,
        }.ToString());
        connection.Open();
        SqliteSchema.Prepare(connection);
        return connection;
    }

    private void WriteUntilClosed()
    {
        while (_queue.Take() is { } batch)
        {
            try
            {
                var now = _clock.GetUtcNow();
                BeforeCommit?.Invoke(batch);
                var commit = _writer.Commit(batch, now);
                Observer?.Committed(batch, commit, now);
                batch.Complete(commit);
            }
            catch (Exception exception)
            {
                Log.CommitFailed(_logger, exception, batch.Count);
                Observer?.OutcomeUnknown();
                batch.Fail(new JournalException($"A commit failed: {exception.Message}", exception));
                Reopen();
            }
        }

        _stopped.SetResult();
    }

    /// <summary>After a failure the connection's state is not to be trusted; a new one reads what is stored.</summary>
    private void Reopen()
    {
        try
        {
            _writer.Dispose();
            _writer = new(Open(), _options.Partitions);
        }
        catch (Exception exception)
        {
            // The next commit fails on the closed connection and comes back here.
            Log.ReopenFailed(_logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2001, LogLevel.Error, "A commit of {Writes} writes failed; their outcome is not known.")]
        public static partial void CommitFailed(ILogger logger, Exception exception, int writes);

        [LoggerMessage(2002, LogLevel.Error, "The database could not be opened again; the next commit tries once more.")]
        public static partial void ReopenFailed(ILogger logger, Exception exception);
    }
}
