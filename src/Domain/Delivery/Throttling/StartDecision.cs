namespace Tally.Domain.Delivery.Throttling;

/// <summary>Whether a call may start.</summary>
/// <param name="CallId">
/// Names the call that has now started, and whose end is to be reported; 0 when none has.
/// </param>
/// <param name="WaitUntil">
/// When to ask again, if none has. Asking earlier does no harm, and pays when one of the product's calls has ended.
/// </param>
public readonly record struct StartDecision(long CallId, DateTimeOffset WaitUntil)
{
    /// <summary>Whether the call has started.</summary>
    public bool IsStarted => CallId != 0;
}
