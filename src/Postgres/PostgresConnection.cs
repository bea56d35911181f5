using Npgsql;

namespace Tally.Postgres;

/// <summary>Judges connection strings before anything is connected to.</summary>
public static class PostgresConnection
{
    /// <summary>Finds what is wrong with one.</summary>
    /// <param name="text">A connection string; null for none.</param>
    /// <returns>One sentence that begins with <c>postgres</c>; null when nothing is wrong.</returns>
    public static string? FindTrouble(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "postgres is missing; it must be the connection string of the cluster's database.";
        }

        // The text isn't repeated, as it may hold a password.
        return IsConnection(text)
            ? null
            : "postgres is no connection string, such as Host=db;Database=tally;Username=tally.";
    }

    private static bool IsConnection(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text).Host is { Length: > 0 };
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or KeyNotFoundException)
        {
            return false;
        }
    }
}
