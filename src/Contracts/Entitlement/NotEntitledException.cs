namespace Tally.Contracts.Entitlement;

/// <summary>
/// Usage is not taken, because the buyer may not use the product, or the product may not be used here. What was
/// accepted before stays. Asking again helps once the buyer has subscribed.
/// </summary>
[GenerateSerializer, Alias("Tally.NotEntitledException")]
public sealed class NotEntitledException : Exception
{
    /// <summary>Makes the exception.</summary>
    public NotEntitledException()
        : this("The buyer may not use the product.")
    {
    }

    /// <summary>Makes the exception with a message.</summary>
    /// <param name="message">What AWS said, for people.</param>
    public NotEntitledException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with a message and its cause.</summary>
    /// <param name="message">What AWS said, for people.</param>
    /// <param name="innerException">The cause.</param>
    public NotEntitledException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
