using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Tally.Journal.Sqlite;

/// <summary>Says what is wrong with a database file and what to do about it, for whoever has to.</summary>
internal static class SqliteTrouble
{
    /// <summary>Explains an error.</summary>
    /// <param name="path">The file.</param>
    /// <param name="exception">What went wrong with it.</param>
    /// <returns>Sentences that name the file, the trouble and the way out.</returns>
    public static string Explain(string path, Exception exception) => exception is SqliteException known
        ? $"{path}: {Reason(path, known.SqliteErrorCode)} (SQLite says: {known.Message})"
        : $"{path}: {exception.Message}";

    private static string Reason(string path, int code) => code switch
    {
        raw.SQLITE_FULL => "the disk is full. Free space on it; it goes on by itself then, and nothing that was "
            + "acknowledged is lost.",
        raw.SQLITE_READONLY or raw.SQLITE_PERM => "it can't be written. The program needs to own it, may not have it "
            + "on a disk that is mounted read-only, and needs to write in its folder too.",
        raw.SQLITE_CANTOPEN or raw.SQLITE_AUTH => "it can't be opened. Its folder has to exist, and the program needs "
            + "to be allowed to read and write there.",
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => "it is damaged. Stop the program, keep a copy of the file and of "
            + $"{path}-wal, and restore a backup; or save what can be read: sqlite3 {path} .recover | sqlite3 NEW",
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => "another program holds it, such as an open sqlite3 shell. End that.",
        raw.SQLITE_IOERR => "the disk failed to read or write. Look at the system's log for the disk.",
        _ => "SQLite refuses.",
    };
}
