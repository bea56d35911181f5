namespace Tally.Contracts.Ledger;

/// <summary>The ledger's store failed, or too much waits for it. A later try may succeed.</summary>
public sealed class LedgerUnavailableException : Exception
{
    /// <summary>Makes an exception without a message of its own.</summary>
    public LedgerUnavailableException()
        : base("The record ledger's store failed.")
    {
    }

    /// <summary>Makes an exception with a message.</summary>
    /// <param name="message">What failed.</param>
    public LedgerUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a message and its cause.</summary>
    /// <param name="message">What failed.</param>
    /// <param name="innerException">The store's own error.</param>
    public LedgerUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
