namespace Tally.Grains.Delivery;

/// <summary>
/// The places between sealing and settlement at which a process may be lost. At each of them what is stored, what AWS
/// has and what is only in memory are different, and a test kills a process there.
/// </summary>
internal enum DeliveryStep
{
    /// <summary>A customer has sealed in memory; nothing of it is stored.</summary>
    SealDecided,

    /// <summary>A customer's snapshot is stored; the journal still has what it covers.</summary>
    SnapshotStored,

    /// <summary>A shard has heard what a customer has to deliver; its queue doesn't have it yet.</summary>
    RecordsHeard,

    /// <summary>The records are in the shard's queue.</summary>
    RecordsQueued,

    /// <summary>A batch is taken from the queue, and its call is about to be made.</summary>
    CallDue,

    /// <summary>AWS has answered a call; nobody has read the answer.</summary>
    CallAnswered,

    /// <summary>It is known what became of the records; their customers haven't heard.</summary>
    OutcomeKnown,

    /// <summary>A customer has settled in memory; the journal doesn't have it.</summary>
    SettlementDecided,

    /// <summary>The journal has a settlement; the shard hasn't heard.</summary>
    SettlementStored,

    /// <summary>The shard has heard that a settlement is booked; the record is still in its queue.</summary>
    SettlementHeard,

    /// <summary>The record is out of the shard's queue.</summary>
    RecordRemoved,
}
