namespace Tally.Contracts.Delivery;

/// <summary>How a call ended.</summary>
/// <param name="CallId">Which call, as <see cref="ThrottleTurn.CallId"/> named it.</param>
/// <param name="Error">
/// A <see cref="Domain.Delivery.CallVerdict"/>; null when AWS took the call, whatever became of its records.
/// </param>
/// <param name="RetryAfter">What the answer's <c>Retry-After</c> asked for; null when there was none.</param>
/// <param name="Random">A random number, from 0 up to but not including 1, for the jitter of a wait.</param>
[GenerateSerializer, Immutable, Alias("Tally.CallReport")]
public readonly record struct CallReport(
    [property: Id(0)] long CallId,
    [property: Id(1)] byte? Error,
    [property: Id(2)] TimeSpan? RetryAfter,
    [property: Id(3)] double Random);
