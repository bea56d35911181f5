namespace Tally.Journal.Partitions;

/// <summary>
/// Serves many callers with one piece of work at a time: whoever comes while one is under way is served by the next,
/// together with all others who came meanwhile. So nobody is served by work that began before he came.
/// </summary>
/// <typeparam name="T">What a caller wants.</typeparam>
/// <param name="serve">The work.</param>
internal sealed class Gathering<T>(Func<IReadOnlyList<T>, Task> serve)
{
    private readonly Lock _lock = new();
    private List<T> _waiting = [];
    private TaskCompletionSource _next = NewSource();
    private bool _isServing;

    /// <summary>Asks for something.</summary>
    /// <param name="wanted">What.</param>
    /// <returns>A task that completes with the work that it is part of.</returns>
    public Task Join(params ReadOnlySpan<T> wanted)
    {
        lock (_lock)
        {
            _waiting.AddRange(wanted);
            if (!_isServing)
            {
                _isServing = true;

                // Not on the caller's thread, or the scheduler of his actor.
                _ = Task.Run(Serve);
            }

            return _next.Task;
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task Serve()
    {
        while (TryTake() is var (wanted, served))
        {
            try
            {
                await serve(wanted);
                served.SetResult();
            }
            catch (Exception exception)
            {
                served.SetException(exception);
            }
        }
    }

    private (List<T> Wanted, TaskCompletionSource Served)? TryTake()
    {
        lock (_lock)
        {
            if (_waiting.Count == 0)
            {
                _isServing = false;
                return null;
            }

            var taken = (_waiting, _next);
            (_waiting, _next) = ([], NewSource());
            return taken;
        }
    }
}
