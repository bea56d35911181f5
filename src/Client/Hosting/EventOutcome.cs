namespace Tally.Client.Hosting;

/// <summary>What became of an event.</summary>
internal enum EventOutcome
{
    /// <summary>It is counted now.</summary>
    Accepted,

    /// <summary>It was counted before.</summary>
    Duplicate,

    /// <summary>The platform doesn't count it.</summary>
    Rejected,

    /// <summary>There was no room for it.</summary>
    Dropped,

    /// <summary>It was not answered in time.</summary>
    Abandoned,
}
