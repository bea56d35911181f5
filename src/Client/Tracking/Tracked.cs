namespace Tally.Client.Tracking;

/// <summary>An event that waits to be counted.</summary>
/// <param name="usage">The event, with an id and a time.</param>
/// <param name="json">How it is sent, the same each time.</param>
internal sealed class Tracked(UsageEvent usage, byte[] json)
{
    /// <summary>The event, with an id and a time.</summary>
    public UsageEvent Usage { get; } = usage;

    /// <summary>How it is sent, the same each time.</summary>
    public byte[] Json { get; } = json;

    /// <summary>With which events it is flushed; set when it gets in.</summary>
    public Generation Generation { get; set; } = null!;

    /// <summary>Since when it is in, as a timestamp of the clock.</summary>
    public long Since { get; set; }
}
