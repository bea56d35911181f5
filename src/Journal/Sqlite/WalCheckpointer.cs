using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Tally.Journal.Sqlite;

/// <summary>
/// Copies the write-ahead log into the database file on a thread of its own while commits go on. What they add
/// meanwhile the writer copies itself, which takes a few milliseconds, and then begins the log anew; without that
/// a busy log would never end.
/// </summary>
internal sealed partial class WalCheckpointer : IDisposable
{
    // What a commit writes besides its payload: the pages of the trees above it.
    private const int BytesPerCommit = 3 * 16_384;

    // How far, in times of the usual, the log may run ahead of the copying before commits wait for it.
    private const int AheadMax = 8;

    private readonly SqliteStoreOptions _options;
    private readonly ILogger _logger;
    private readonly AutoResetEvent _wanted = new(initialState: false);
    private readonly ManualResetEvent _copied = new(initialState: true);
    private readonly Thread _thread;
    private SqliteSession? _session;
    private long _written;
    private volatile bool _isCopying;
    private volatile bool _isRestLeft;
    private volatile bool _isStopping;

    /// <summary>Starts the thread.</summary>
    /// <param name="options">How often to copy.</param>
    /// <param name="logger">Where to say what fails.</param>
    public WalCheckpointer(SqliteStoreOptions options, ILogger logger)
    {
        (_options, _logger) = (options, logger);
        _thread = new(Run) { IsBackground = true, Name = "Tally checkpoints" };
        _thread.Start();
    }

    /// <summary>Notes a commit. Only the writer's thread calls it.</summary>
    /// <param name="bytes">How many bytes it wrote.</param>
    /// <returns>Whether the writer is to copy the rest of the log now.</returns>
    public bool Written(long bytes)
    {
        _written += bytes + BytesPerCommit;
        if (_written >= AheadMax * (long)_options.CheckpointBytes)
        {
            _copied.WaitOne();
        }

        if (_isRestLeft)
        {
            _isRestLeft = false;
            _written = 0;
            return true;
        }

        if (_written >= _options.CheckpointBytes && !_isCopying)
        {
            _written = 0;
            _isCopying = true;
            _copied.Reset();
            _wanted.Set();
        }

        return false;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _isStopping = true;
        _wanted.Set();
        _thread.Join();
        _session?.Dispose();
        _wanted.Dispose();
        _copied.Dispose();
    }

    private void Run()
    {
        while (true)
        {
            _wanted.WaitOne();
            if (_isStopping)
            {
                return;
            }

            Copy();
            _isCopying = false;
            _copied.Set();
        }
    }

    private void Copy()
    {
        try
        {
            _session ??= SqliteSchema.Open(_options);
            _session.Checkpoint();
            _isRestLeft = true;
        }
        catch (SqliteException exception)
        {
            Log.CopyFailed(_logger, exception, SqliteTrouble.Explain(_options.Path, exception));
            _session?.Dispose();
            _session = null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            2004, LogLevel.Warning, "The write-ahead log could not be copied; it grows until it can. {Trouble}")]
        public static partial void CopyFailed(ILogger logger, Exception exception, string trouble);
    }
}
