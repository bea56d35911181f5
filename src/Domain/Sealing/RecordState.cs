namespace Tally.Domain.Sealing;

/// <summary>Where a usage record is on its way.</summary>
public enum RecordState
{
    /// <summary>Sealed, and to be sent (again).</summary>
    Waiting = 0,

    /// <summary>AWS answered CustomerNotSubscribed; held until the customer subscribes or the record expires.</summary>
    Parked = 1,

    /// <summary>AWS will never accept it as it is; held for a person.</summary>
    Quarantined = 2,

    /// <summary>AWS has it. Final.</summary>
    Delivered = 3,

    /// <summary>Its acceptance window closed before it could be delivered. Final.</summary>
    Expired = 4,

    /// <summary>
    /// A person gave it up. Final, but for one thing: a call that was under way may still have delivered it, and then
    /// it is <see cref="Delivered"/>.
    /// </summary>
    WrittenOff = 5,

    /// <summary>
    /// Its quantity is far beyond what the customer had; held for a person, and let go when its deadline nears.
    /// </summary>
    Held = 6,

    /// <summary>Computed and not sent, as another pipeline still delivers its product's usage. Final.</summary>
    Shadowed = 7,
}
