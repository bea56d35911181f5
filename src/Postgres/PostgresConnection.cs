using System.Data.Common;
using Npgsql;

namespace Tally.Postgres;

/// <summary>Judges connection strings, and gives each use of a database connections of its own.</summary>
public static class PostgresConnection
{
    private static readonly string[] PoolSizeNames = ["Maximum Pool Size", "MaxPoolSize", "Max Pool Size"];

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

    /// <summary>
    /// Names a use in a connection string, so that it has a pool of connections of its own, and bounds the pool. Ten
    /// thousand actors that start at once then wait for each other, instead of taking every connection that the
    /// server has.
    /// </summary>
    /// <param name="text">A connection string. What it says of the pool's size counts.</param>
    /// <param name="use">What the connections are for, as the server shows it.</param>
    /// <param name="connectionsMax">How many connections at most; 1 or more.</param>
    /// <returns>The connection string of the use.</returns>
    public static string For(string text, string use, int connectionsMax)
    {
        var given = new DbConnectionStringBuilder { ConnectionString = text };
        var known = new NpgsqlConnectionStringBuilder(text);
        var name = known.ApplicationName is { Length: > 0 } application ? application : "tally";
        known.ApplicationName = $"{name} {use}";
        if (!PoolSizeNames.Any(given.ContainsKey))
        {
            known.MaxPoolSize = connectionsMax;
            known.MinPoolSize = Math.Min(known.MinPoolSize, connectionsMax);
        }

        return known.ToString();
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
