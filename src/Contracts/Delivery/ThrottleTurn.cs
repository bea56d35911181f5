namespace Tally.Contracts.Delivery;

/// <summary>Whether a call may start.</summary>
/// <param name="CallId">The call that has started; null when none has.</param>
/// <param name="Wait">How long to wait before asking again, if none has.</param>
[GenerateSerializer, Immutable, Alias("Tally.ThrottleTurn")]
public readonly record struct ThrottleTurn([property: Id(0)] long? CallId, [property: Id(1)] TimeSpan Wait);
