namespace Tally.Client.Sending;

/// <summary>What became of the events of a request.</summary>
/// <param name="Accepted">How many are counted now.</param>
/// <param name="Duplicates">How many were counted before.</param>
/// <param name="Rejected">Those that are not counted.</param>
internal sealed record EventsAnswer(int Accepted, int Duplicates, IReadOnlyList<RejectedEvent> Rejected)
{
    /// <summary>Whether it speaks of these events: of each of them once.</summary>
    /// <param name="events">How many were sent.</param>
    /// <returns>Whether it does.</returns>
    public bool IsOf(int events) =>
        Rejected is not null
        && Accepted >= 0 && Duplicates >= 0
        && (long)Accepted + Duplicates + Rejected.Count == events
        && Rejected.All(rejected => rejected.Index >= 0 && rejected.Index < events)
        && Rejected.DistinctBy(rejected => rejected.Index).Count() == Rejected.Count;
}

/// <summary>An event that is not counted.</summary>
/// <param name="Index">Its place in the request, from 0.</param>
/// <param name="Code">Why, for programs.</param>
/// <param name="Message">Why, for people.</param>
internal sealed record RejectedEvent(int Index, string Code, string Message);
