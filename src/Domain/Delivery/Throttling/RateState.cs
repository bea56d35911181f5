namespace Tally.Domain.Delivery.Throttling;

/// <summary>What is known about a limit.</summary>
/// <param name="Rate">How many calls a second are let out.</param>
/// <param name="Peak">The rate at which the limit last showed itself; 0 before that.</param>
/// <param name="Epoch">How many congestion events there were. A call belongs to the epoch it started in.</param>
/// <param name="Streak">How many of these came since a call was last accepted.</param>
public readonly record struct RateState(double Rate, double Peak, long Epoch, int Streak);
