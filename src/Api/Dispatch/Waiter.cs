namespace Tally.Api.Dispatch;

/// <summary>Who waits for an event.</summary>
/// <param name="Post">The request.</param>
/// <param name="Index">The event's index there.</param>
internal readonly record struct Waiter(PendingPost Post, int Index);
