namespace Tally.Contracts.Entitlement;

/// <summary>
/// Usage is not taken, because AWS could not be asked yet whether the buyer may use the product. Asking again in a
/// moment is right.
/// </summary>
[GenerateSerializer, Alias("Tally.EntitlementUnknownException")]
public sealed class EntitlementUnknownException : Exception
{
    /// <summary>Makes the exception.</summary>
    public EntitlementUnknownException()
        : this("It is not known yet whether the buyer may use the product.")
    {
    }

    /// <summary>Makes the exception with a message.</summary>
    /// <param name="message">What went wrong, for people.</param>
    public EntitlementUnknownException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with a message and its cause.</summary>
    /// <param name="message">What went wrong, for people.</param>
    /// <param name="innerException">The cause.</param>
    public EntitlementUnknownException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
