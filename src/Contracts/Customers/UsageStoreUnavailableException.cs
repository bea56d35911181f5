namespace Tally.Contracts.Customers;

/// <summary>
/// What was asked could not be made durable. Whether it took place is not known; asking again is harmless and right.
/// </summary>
[GenerateSerializer, Alias("Tally.UsageStoreUnavailableException")]
public sealed class UsageStoreUnavailableException : Exception
{
    /// <summary>Makes the exception.</summary>
    public UsageStoreUnavailableException()
        : this("The usage store is not available.")
    {
    }

    /// <summary>Makes the exception with a message.</summary>
    /// <param name="message">What failed.</param>
    public UsageStoreUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with a message and its cause.</summary>
    /// <param name="message">What failed.</param>
    /// <param name="innerException">The cause.</param>
    public UsageStoreUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
