namespace Tally.Journal;

/// <summary>The journal's bounded queue is full; nothing was written, and a later try may succeed.</summary>
public sealed class JournalOverloadedException : JournalException
{
    /// <summary>Makes the exception.</summary>
    public JournalOverloadedException()
        : base("The usage journal's queue is full.")
    {
    }

    /// <summary>Makes the exception with a message.</summary>
    /// <param name="message">What is full.</param>
    public JournalOverloadedException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with a message and its cause.</summary>
    /// <param name="message">What is full.</param>
    /// <param name="innerException">The cause.</param>
    public JournalOverloadedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
