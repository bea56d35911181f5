namespace Tally.Grains.Delivery;

/// <summary>Does many things with a bounded number under way, on the caller's own scheduler.</summary>
internal static class Bounded
{
    /// <summary>Does something for each item.</summary>
    /// <typeparam name="T">What the items are.</typeparam>
    /// <param name="items">The items.</param>
    /// <param name="concurrency">How many are under way at once, above zero.</param>
    /// <param name="action">What to do.</param>
    /// <returns>A task that completes when all is done.</returns>
    /// <remarks>
    /// <see cref="Parallel"/> would leave the actor's scheduler, and with it the promise that nothing runs beside it.
    /// </remarks>
    public static Task ForEach<T>(IReadOnlyCollection<T> items, int concurrency, Func<T, Task> action)
    {
        var queue = new Queue<T>(items);
        return Task.WhenAll(Enumerable.Range(0, Math.Min(concurrency, items.Count)).Select(_ => Work()));

        async Task Work()
        {
            while (queue.TryDequeue(out var item))
            {
                await action(item);
            }
        }
    }
}
