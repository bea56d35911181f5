namespace Tally.Contracts.Moves;

/// <summary>Whether a tenant is at work here. A storage format by its numbers.</summary>
public enum TenantPhase
{
    /// <summary>It is: events are taken, hours sealed, records sent.</summary>
    Open = 0,

    /// <summary>
    /// It is being frozen: nothing new begins, and what AWS answers to calls under way is still booked.
    /// </summary>
    Freezing = 1,

    /// <summary>Nothing of it changes any more.</summary>
    Frozen = 2,

    /// <summary>As frozen, and it is at work in another installation.</summary>
    Moved = 3,

    /// <summary>It is being taken in from another installation, and not all of it is here.</summary>
    Importing = 4,
}
