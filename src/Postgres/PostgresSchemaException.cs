namespace Tally.Postgres;

/// <summary>A database has not the schema that this program works with; the message says what to do.</summary>
public sealed class PostgresSchemaException : Exception
{
    /// <summary>Makes an exception without a message of its own.</summary>
    public PostgresSchemaException()
        : base("The database has not the schema that this program works with.")
    {
    }

    /// <summary>Makes an exception with a message.</summary>
    /// <param name="message">What is wrong, and what to do.</param>
    public PostgresSchemaException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a message and its cause.</summary>
    /// <param name="message">What is wrong, and what to do.</param>
    /// <param name="innerException">The database's own error.</param>
    public PostgresSchemaException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
