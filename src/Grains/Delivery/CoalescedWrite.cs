namespace Tally.Grains.Delivery;

/// <summary>
/// Writes an actor's state for many callers at once: while one write is under way, all who ask share the next one.
/// To be used by one reentrant actor.
/// </summary>
/// <param name="write">Writes the state as it is when it is called.</param>
internal sealed class CoalescedWrite(Func<Task> write)
{
    private Task _current = Task.CompletedTask;
    private Task? _next;

    /// <summary>Completes when every write asked for until now is done.</summary>
    public Task Pending => _next ?? _current;

    /// <summary>Asks for a write of the state as it is now, or later.</summary>
    /// <returns>A task that completes when it is written.</returns>
    public Task Request() => _next ??= WriteAfter(_current);

    private async Task WriteAfter(Task before)
    {
        // A failed write has told its own callers; this one starts afresh.
        await before.ConfigureAwait(
            ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        await Task.Yield();
        _current = _next!;
        _next = null;
        await write();
    }
}
