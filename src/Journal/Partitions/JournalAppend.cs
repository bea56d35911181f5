using System.Threading.Tasks.Sources;

namespace Tally.Journal.Partitions;

/// <summary>Somebody who waits for an append. Used again and again, so that an append allocates nothing.</summary>
/// <param name="pool">Where it goes back to when its result was taken.</param>
internal sealed class JournalAppend(JournalAppendPool pool) : IValueTaskSource<long>
{
    // Actors must not run on the writer's thread.
    private ManualResetValueTaskSourceCore<long> _core = new() { RunContinuationsAsynchronously = true };

    /// <summary>What to wait for; to be awaited once.</summary>
    public ValueTask<long> Task => new(this, _core.Version);

    /// <summary>Answers with the entry's position.</summary>
    /// <param name="position">The position.</param>
    public void Complete(long position) => _core.SetResult(position);

    /// <summary>Answers that it failed.</summary>
    /// <param name="exception">Why.</param>
    public void Fail(Exception exception) => _core.SetException(exception);

    /// <inheritdoc />
    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    /// <inheritdoc />
    public void OnCompleted(
        Action<object?> continuation,
        object? state,
        short token,
        ValueTaskSourceOnCompletedFlags flags) => _core.OnCompleted(continuation, state, token, flags);

    /// <inheritdoc />
    public long GetResult(short token)
    {
        // A second await is a mistake that must not give the object back twice.
        if (token != _core.Version)
        {
            throw new InvalidOperationException("An append is awaited once.");
        }

        try
        {
            return _core.GetResult(token);
        }
        finally
        {
            _core.Reset();
            pool.Return(this);
        }
    }
}
