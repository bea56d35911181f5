namespace Tally.Client;

/// <summary>What <see cref="TallyClient.TrackAsync"/> does with an event that there is no room for.</summary>
public enum WhenFull
{
    /// <summary>It waits until there is room. Nothing is lost, and who makes events is slowed down.</summary>
    Wait,

    /// <summary>It drops the event and counts it as dropped. Who makes events is never slowed down.</summary>
    Drop,
}
