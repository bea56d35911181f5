namespace Tally.Contracts.Moves;

/// <summary>
/// The tenant is frozen. Whether what was asked took place is not known, as it may have become so meanwhile; whoever
/// sends events keeps them and sends them again, here or where the tenant is at work then.
/// </summary>
[GenerateSerializer, Alias("Tally.TenantFrozenException")]
public sealed class TenantFrozenException : Exception
{
    /// <summary>Makes the exception.</summary>
    public TenantFrozenException()
        : this("The tenant is frozen.")
    {
    }

    /// <summary>Makes the exception with a message.</summary>
    /// <param name="message">Why it is frozen.</param>
    public TenantFrozenException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with a message and its cause.</summary>
    /// <param name="message">Why it is frozen.</param>
    /// <param name="innerException">The cause.</param>
    public TenantFrozenException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
