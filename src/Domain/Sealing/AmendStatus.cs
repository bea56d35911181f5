namespace Tally.Domain.Sealing;

/// <summary>
/// What became of an amendment. The order is the order of the checks: one that fails several gets the first.
/// </summary>
public enum AmendStatus
{
    /// <summary>It is done, now or before. Doing it again changes nothing.</summary>
    Done = 0,

    /// <summary>The customer has no such record, or no longer shows it. A retry does not help.</summary>
    UnknownRecord = 1,

    /// <summary>
    /// The record's state doesn't allow it: it is final, or AWS may be taking it just now. A retry helps only once
    /// AWS has refused it.
    /// </summary>
    WrongState = 2,

    /// <summary>AWS no longer takes the record; all that is left is to write it off.</summary>
    TooLate = 3,

    /// <summary>The product has no dimension of the corrected name. Who asked has to mend it.</summary>
    UnknownDimension = 4,

    /// <summary>
    /// The customer has a record of the corrected dimension for the hour, or may have had one that is no longer shown.
    /// There is one per hour, as AWS keeps the first and would take the second for its repetition.
    /// </summary>
    Collision = 5,
}
