namespace Tally.Domain.Ledger;

/// <summary>What a line of the ledger says about its record. A storage format by its words.</summary>
public enum LedgerKind
{
    /// <summary>The record was made: from here on its quantity is frozen.</summary>
    Sealed = 0,

    /// <summary>A call with the record is about to be made. Whether it was, an answer shows, or AWS.</summary>
    Submitted = 1,

    /// <summary>What the call of the same attempt came to, for this record.</summary>
    Answered = 2,

    /// <summary>AWS has it. Final.</summary>
    Delivered = 3,

    /// <summary>Held, as the customer isn't subscribed.</summary>
    Parked = 4,

    /// <summary>A held record is to be sent again.</summary>
    Released = 5,

    /// <summary>A quarantined record is to be sent again under another dimension, for another buyer, or both.</summary>
    Corrected = 6,

    /// <summary>AWS refuses it as it is; held for a person.</summary>
    Quarantined = 7,

    /// <summary>A person gave it up.</summary>
    WrittenOff = 8,

    /// <summary>Its acceptance window closed before it could be delivered. Final.</summary>
    Expired = 9,

    /// <summary>Held for a person, as its quantity is far beyond what the customer had.</summary>
    Held = 10,

    /// <summary>Computed and not sent, as another pipeline delivers its product's usage. Final.</summary>
    Shadowed = 11,
}
