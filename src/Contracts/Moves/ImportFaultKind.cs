namespace Tally.Contracts.Moves;

/// <summary>Why an export isn't taken.</summary>
public enum ImportFaultKind
{
    /// <summary>It is none, or damaged, or of a version that isn't known here.</summary>
    Invalid = 0,

    /// <summary>It can't be at work here, as this installation meters in another way.</summary>
    Mismatch = 1,

    /// <summary>There is a tenant of this name already.</summary>
    TenantExists = 2,

    /// <summary>Another import of it has begun since.</summary>
    TakenOver = 3,
}
