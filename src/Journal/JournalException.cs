namespace Tally.Journal;

/// <summary>The journal's store failed, and whether a write took place is not known.</summary>
public class JournalException : Exception
{
    /// <summary>Makes an exception without a message of its own.</summary>
    public JournalException()
        : base("The usage journal's store failed.")
    {
    }

    /// <summary>Makes an exception with a message.</summary>
    /// <param name="message">What failed.</param>
    public JournalException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a message and its cause.</summary>
    /// <param name="message">What failed.</param>
    /// <param name="innerException">The store's own error.</param>
    public JournalException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
