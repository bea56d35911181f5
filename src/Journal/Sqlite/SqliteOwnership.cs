using System.Text;

namespace Tally.Journal.Sqlite;

/// <summary>
/// Sees to it that one process has the database, and that the database is still there which it had before: a file that
/// is gone or empty would otherwise pass for a first start, and everything in it for never posted.
/// </summary>
internal sealed class SqliteOwnership : IAsyncDisposable, IDisposable
{
    private readonly FileStream _file;

    /// <summary>Takes the database.</summary>
    /// <param name="path">Its file.</param>
    /// <exception cref="JournalException">Another process has it, or it is gone.</exception>
    public SqliteOwnership(string path)
    {
        var lockPath = path + ".lock";
        try
        {
            _file = new(lockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new JournalException(
                $"The database {path} can't be opened; another process may be using it: {exception.Message}",
                exception);
        }

        if (Refusal(path, lockPath) is { } refusal)
        {
            _file.Dispose();
            throw new JournalException(refusal);
        }
    }

    /// <summary>Remembers that there is a database, once there is.</summary>
    /// <exception cref="IOException">The disk doesn't take it.</exception>
    public void Remember()
    {
        if (_file.Length == 0)
        {
            _file.Write(Encoding.ASCII.GetBytes("A database was made here.\n"));
            _file.Flush(flushToDisk: true);
        }
    }

    private string? Refusal(string path, string lockPath)
    {
        var database = new FileInfo(path);
        if (_file.Length > 0 && database is not { Exists: true, Length: > 0 })
        {
            return $"The database {path} is gone or empty, though it was used before. Restore it from a backup. To "
                + $"begin anew instead, without anything that it held, delete {lockPath}.";
        }

        // SQLite takes what is missing of the last page for zeros. With a log, the page may be in that.
        return database.Exists && database.Length % SqliteSchema.PageBytes != 0
            && new FileInfo(path + "-wal") is not { Exists: true, Length: > 0 }
            ? $"The database {path} is damaged: it is cut off within a page. Restore it from a backup."
            : null;
    }

    /// <inheritdoc />
    public void Dispose() => _file.Dispose();

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _file.DisposeAsync();
}
