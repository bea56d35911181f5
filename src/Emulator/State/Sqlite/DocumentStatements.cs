using Microsoft.Data.Sqlite;

namespace Tally.Emulator.State.Sqlite;

/// <summary>Keeps the documents.</summary>
internal static class DocumentStatements
{
    public static void Save(SqliteConnection connection, IReadOnlyList<DocumentChange> changes)
    {
        foreach (var (kind, key, json) in changes)
        {
            if (json is null)
            {
                connection.Execute(
                    "DELETE FROM documents WHERE kind = $kind AND key = $key", ("$kind", kind), ("$key", key));
            }
            else
            {
                connection.Execute(
                    "INSERT OR REPLACE INTO documents VALUES($kind, $key, $json)",
                    ("$kind", kind),
                    ("$key", key),
                    ("$json", json));
            }
        }
    }

    /// <summary>The generation that the documents have here and now, inside a transaction too.</summary>
    public static long Generation(SqliteConnection connection) =>
        (long)connection.Scalar("SELECT number FROM temp.generation")!;

    /// <summary>Everything is replaced, if the transaction comes to its end.</summary>
    public static void NextGeneration(SqliteConnection connection) =>
        connection.Execute("UPDATE temp.generation SET number = number + 1");

    public static DocumentCache Load(SqliteConnection connection)
    {
        // Of this process alone, but undone with a transaction as all else is.
        connection.Execute("CREATE TEMP TABLE generation AS SELECT 0 AS number");
        var cache = new DocumentCache();
        using var command = connection.Command("SELECT kind, key, json FROM documents");
        using var reader = command.ExecuteReader();
        while (reader.Read())
            cache.Apply([new DocumentChange(reader.GetString(0), reader.GetString(1), reader.GetString(2))]);
        return cache;
    }
}
