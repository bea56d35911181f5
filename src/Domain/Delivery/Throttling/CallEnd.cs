namespace Tally.Domain.Delivery.Throttling;

/// <summary>How a call ended.</summary>
/// <param name="Error">What its error means; null when AWS took the call, whatever became of its records.</param>
/// <param name="RetryAfter">What the answer's <c>Retry-After</c> asked for; null when there was none.</param>
/// <param name="Random">A random number, from 0 up to but not including 1, for the jitter of a wait.</param>
public readonly record struct CallEnd(CallVerdict? Error, TimeSpan? RetryAfter, double Random);
