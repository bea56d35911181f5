namespace Tally.Domain.Counting;

/// <summary>
/// What became of one event. The order is the order of the checks: an event that fails several gets the first.
/// </summary>
public enum CountStatus
{
    /// <summary>It is counted, once and for all.</summary>
    Counted = 0,

    /// <summary>The product has no such dimension (any more). The sender has to mend it.</summary>
    UnknownDimension = 1,

    /// <summary>Its id is known with the same content; it was counted before. Nothing to do.</summary>
    Duplicate = 2,

    /// <summary>Its id is known with other content; it is reported and not added. The sender has to mend it.</summary>
    Conflict = 3,

    /// <summary>Its time is further ahead than the product tolerates. The sender's clock is wrong.</summary>
    FromTheFuture = 4,

    /// <summary>It is older than the product accepts at all. A retry does not help.</summary>
    TooOld = 5,

    /// <summary>Its metering hour is closed, and the product's policy is to refuse such usage.</summary>
    HourClosed = 6,

    /// <summary>
    /// Its hour is of a previous month, no hour of that month is open any more, and the product's policy is to refuse
    /// such usage rather than bill it in another month. A retry does not help.
    /// </summary>
    MonthClosed = 7,

    /// <summary>
    /// The customer's subscription ends or has ended, and with it the last hour that AWS takes. Checked before the
    /// times are. A retry helps only once the customer is subscribed again.
    /// </summary>
    NotSubscribed = 8,
}
