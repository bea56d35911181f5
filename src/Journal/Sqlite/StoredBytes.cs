using System.IO.Hashing;

namespace Tally.Journal.Sqlite;

/// <summary>What is stored beside bytes, so that a changed bit is noticed. A storage format.</summary>
public static class StoredBytes
{
    /// <summary>Computes the checksum.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="place">Where they are, so that bytes of another place are noticed, too.</param>
    /// <returns>XxHash3 of the bytes, with the place as its seed.</returns>
    public static long Checksum(ReadOnlySpan<byte> bytes, long place) =>
        unchecked((long)XxHash3.HashToUInt64(bytes, place));

    /// <summary>Checks bytes against what is stored beside them.</summary>
    /// <param name="statement">A statement at a row.</param>
    /// <param name="column">The column of the bytes; their checksum is in the next, null where there was none.</param>
    /// <param name="place">As they were written with.</param>
    /// <returns>Whether they are those that were written, as far as that is known.</returns>
    public static bool IsSound(SqliteStatement statement, int column, long place) =>
        statement.IsNull(column + 1)
        || statement.GetInt64(column + 1) == Checksum(statement.GetBytes(column), place);
}
