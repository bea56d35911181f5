namespace Tally.Client.Tracking;

/// <summary>
/// The events that are not settled, of which there are never more than the options allow: those that wait in the queue
/// and those that were taken from it to be sent. Whoever finds no room can wait for it, in turn.
/// </summary>
/// <param name="options">How many there may be, and when they are due.</param>
/// <param name="time">The clock.</param>
internal sealed class WaitingEvents(TallyClientOptions options, TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Queue<Tracked> _queue = new();
    private readonly LinkedList<RoomWaiter> _waiters = new();
    private readonly List<Generation> _flushed = [];
    private readonly DuePulse _pulse = new(time);
    private readonly SemaphoreSlim _turn = new(1);
    private Generation _generation = new();
    private long _queuedBytes;
    private bool _closed;

    /// <summary>How many events are not settled.</summary>
    public int Events { get; private set; }

    /// <summary>How many bytes of JSON they have.</summary>
    public long Bytes { get; private set; }

    /// <summary>Lets an event in if there is room, and nobody waits for it.</summary>
    /// <param name="tracked">The event.</param>
    /// <returns>Whether it is in.</returns>
    /// <exception cref="ObjectDisposedException">No event is let in any more.</exception>
    public bool TryAdd(Tracked tracked)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(TallyClient));
            var hasRoom = _waiters.Count == 0 && HasRoom(tracked);
            if (hasRoom)
            {
                Enter(tracked);
            }

            return hasRoom;
        }
    }

    /// <summary>Lets an event in as soon as there is room and those that came before are in.</summary>
    /// <param name="tracked">The event.</param>
    /// <param name="stop">When not to wait any longer; the event is not in then.</param>
    /// <returns>A task that completes when it is in.</returns>
    /// <exception cref="ObjectDisposedException">No event is let in any more.</exception>
    public async ValueTask AddAsync(Tracked tracked, CancellationToken stop)
    {
        LinkedListNode<RoomWaiter> waiter;
        lock (_lock)
        {
            if (TryAdd(tracked))
            {
                return;
            }

            waiter = _waiters.AddLast(new RoomWaiter(tracked));
            _pulse.Set();
        }

        await using var withdrawal = stop.UnsafeRegister(_ => Withdraw(waiter, stop), null);
        await waiter.Value.Entered.Task;
    }

    /// <summary>Takes what is to be sent next, as soon as it is due.</summary>
    /// <param name="stop">When not to wait any longer.</param>
    /// <returns>One event or more, in the order in which they came.</returns>
    public async ValueTask<IReadOnlyList<Tracked>> TakeAsync(CancellationToken stop)
    {
        // One gathers at a time, so that two small batches don't go where one would do.
        await _turn.WaitAsync(stop);
        try
        {
            while (true)
            {
                lock (_lock)
                {
                    if (IsDue(out var left))
                    {
                        return Dequeue();
                    }

                    _pulse.SetAfter(left);
                }

                await _pulse.WaitAsync(stop);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Makes room: nothing more will happen to these events.</summary>
    /// <param name="settled">Events that were taken.</param>
    public void Settle(IReadOnlyList<Tracked> settled)
    {
        lock (_lock)
        {
            foreach (var tracked in settled)
            {
                Events--;
                Bytes -= tracked.Json.Length;
                tracked.Generation.Leave();
            }

            while (_waiters.First is { } first && HasRoom(first.Value.Tracked))
            {
                _waiters.RemoveFirst();
                Enter(first.Value.Tracked);
                first.Value.Entered.SetResult();
            }

            _flushed.RemoveAll(generation => generation.Settled.IsCompleted);
        }
    }

    /// <summary>Makes all events that are in due.</summary>
    /// <returns>A task that completes when they are settled.</returns>
    public Task Flush()
    {
        lock (_lock)
        {
            if (!_generation.IsEmpty)
            {
                _generation.Close();
                _flushed.Add(_generation);
                _generation = new();
                _pulse.Set();
            }

            return Task.WhenAll(_flushed.Select(generation => generation.Settled));
        }
    }

    /// <summary>Lets no more events in; who waits for room learns that there won't be any.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            foreach (var waiter in _waiters)
            {
                waiter.Entered.SetException(new ObjectDisposedException(typeof(TallyClient).FullName));
            }

            _waiters.Clear();
        }
    }

    /// <summary>Takes all that is in the queue, due or not.</summary>
    /// <returns>The events.</returns>
    public IReadOnlyList<Tracked> TakeRest()
    {
        lock (_lock)
        {
            var rest = _queue.ToArray();
            _queue.Clear();
            _queuedBytes = 0;
            return rest;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _pulse.Dispose();
        _turn.Dispose();
    }

    private bool HasRoom(Tracked tracked) =>
        Events == 0 || (Events < options.WaitingEventsMax && Bytes + tracked.Json.Length <= options.WaitingBytesMax);

    private void Enter(Tracked tracked)
    {
        tracked.Since = time.GetTimestamp();
        tracked.Generation = _generation;
        _generation.Enter();
        Events++;
        Bytes += tracked.Json.Length;
        _queuedBytes += tracked.Json.Length;
        _queue.Enqueue(tracked);
        if (_queue.Count == 1 || IsFull())
        {
            _pulse.Set();
        }
    }

    private bool IsFull() => _queue.Count >= options.BatchEventsMax || _queuedBytes >= options.BatchBytesMax;

    // What has waited long enough, fills a request, is flushed, or stands in somebody's way.
    private bool IsDue(out TimeSpan left)
    {
        left = Timeout.InfiniteTimeSpan;
        if (!_queue.TryPeek(out var first))
        {
            return false;
        }

        left = options.BatchDelayMax - time.GetElapsedTime(first.Since);
        return left <= TimeSpan.Zero || first.Generation.IsClosed || _waiters.Count > 0 || IsFull();
    }

    private List<Tracked> Dequeue()
    {
        var batch = new List<Tracked>(Math.Min(_queue.Count, options.BatchEventsMax));
        var bytes = 0L;
        while (batch.Count < options.BatchEventsMax
            && _queue.TryPeek(out var next)
            && (batch.Count == 0 || bytes + next.Json.Length <= options.BatchBytesMax))
        {
            bytes += next.Json.Length;
            batch.Add(_queue.Dequeue());
        }

        _queuedBytes -= bytes;
        return batch;
    }

    private void Withdraw(LinkedListNode<RoomWaiter> waiter, CancellationToken stop)
    {
        lock (_lock)
        {
            if (waiter.List is not null)
            {
                _waiters.Remove(waiter);
                waiter.Value.Entered.SetCanceled(stop);
            }
        }
    }

    private sealed record RoomWaiter(Tracked Tracked)
    {
        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
