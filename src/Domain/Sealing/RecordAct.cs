namespace Tally.Domain.Sealing;

/// <summary>What a person can do with a record that AWS didn't take.</summary>
public enum RecordAct
{
    /// <summary>Sends a parked or quarantined record again, as it is.</summary>
    Release = 0,

    /// <summary>Sends a quarantined record again under another dimension or for another buyer.</summary>
    Correct = 1,

    /// <summary>Gives up a parked or quarantined record: nobody will be charged for it.</summary>
    WriteOff = 2,
}
