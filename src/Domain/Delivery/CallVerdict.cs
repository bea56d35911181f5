namespace Tally.Domain.Delivery;

/// <summary>What an error of a whole call means for its records. Nothing of such a call was stored.</summary>
public enum CallVerdict
{
    /// <summary>AWS asks for fewer calls: back off, and send the same records again.</summary>
    Throttled = 0,

    /// <summary>AWS or the way to it failed: back off, and send the same records again. Some may be stored.</summary>
    Transient = 1,

    /// <summary>One record is the cause: split; a record alone that causes it is quarantined.</summary>
    RecordAtFault = 2,

    /// <summary>The product's configuration or credentials are the cause: raise an alarm, try again slowly.</summary>
    ProductAtFault = 3,

    /// <summary>
    /// An error that isn't known: split, but a record alone that causes it waits and is tried again slowly.
    /// </summary>
    Unknown = 4,
}
