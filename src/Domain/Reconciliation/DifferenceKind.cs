namespace Tally.Domain.Reconciliation;

/// <summary>In which way ledger and evidence differ.</summary>
public enum DifferenceKind
{
    /// <summary>Delivered here, or shadowed; the evidence doesn't have it.</summary>
    MissingInEvidence = 0,

    /// <summary>
    /// AWS has it, and it was sent from here, but here it isn't delivered. What is still waiting settles itself, as it
    /// is sent again unchanged; what is held for a person must not be corrected and sent, or it is billed twice.
    /// </summary>
    AnswerLost = 1,

    /// <summary>Both have it, with different quantities.</summary>
    OtherQuantity = 2,

    /// <summary>Both have it with the same quantity, but another receipt.</summary>
    OtherReceipt = 3,

    /// <summary>The evidence has it, and nothing like it was ever sealed here.</summary>
    UnknownHere = 4,

    /// <summary>The evidence has it, and here is such a record, but no call with it is written down.</summary>
    NeverSentHere = 5,

    /// <summary>The evidence has it more than once.</summary>
    TwiceInEvidence = 6,

    /// <summary>More than one record was delivered here under what is one record for AWS.</summary>
    TwiceHere = 7,

    /// <summary>Sent from here, waiting to be sent again, and not in the evidence.</summary>
    InFlight = 8,
}
