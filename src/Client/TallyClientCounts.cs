namespace Tally.Client;

/// <summary>What became of the events that a client was given so far.</summary>
/// <param name="Accepted">Counted by the platform.</param>
/// <param name="Duplicates">Counted before, for example when the answer was lost and they were sent again.</param>
/// <param name="Rejected">Not counted; <see cref="TallyClient.Rejected"/> was told of each.</param>
/// <param name="Dropped">There was no room for them.</param>
/// <param name="Abandoned">Not answered before the client was disposed of.</param>
/// <param name="Waiting">Still to be answered.</param>
public sealed record TallyClientCounts(
    long Accepted, long Duplicates, long Rejected, long Dropped, long Abandoned, int Waiting);
