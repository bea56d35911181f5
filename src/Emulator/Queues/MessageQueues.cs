using Tally.Emulator.Clock;
using Tally.Emulator.State;

namespace Tally.Emulator.Queues;

/// <summary>
/// Standard queues: at least once, in no promised order. Messages are kept with the state; waiting and hiding go by the
/// surrounding clock, as the clients' do. Who has received what is forgotten at a restart, a reset and an import.
/// </summary>
internal sealed class MessageQueues(IEmulatorState state, EmulatorClock clock)
{
    private readonly DocumentTable<Queue> _queues = new(state, "queue", StateJson.Default.Queue);
    private readonly DocumentTable<QueueMessage> _messages = new(state, "message", StateJson.Default.QueueMessage);
    private readonly Lock _gate = new();

    // What the documents say, by queue, of the generation they were read in.
    private readonly Dictionary<string, QueueContent> _contents = new(StringComparer.Ordinal);
    private long _generation = -1;
    private long _place;
    private TaskCompletionSource _arrival = NewArrival();

    public Queue? Find(string accountId, string name) => _queues.Find($"{accountId}|{name}");

    /// <summary>The queues of every account.</summary>
    public IEnumerable<Queue> List() => _queues.List().Select(held => held.Value);

    public IEnumerable<Queue> List(string accountId) => List()
        .Where(queue => string.Equals(queue.AccountId, accountId, StringComparison.Ordinal));

    public ValueTask SaveAsync(Queue queue) => state.SaveAsync([_queues.Put(queue.Key, queue)]);

    /// <summary>Forgets the queue and what is in it.</summary>
    public Task DeleteAsync(Queue queue) => RemoveAsync(queue, AllOf(queue), [_queues.Remove(queue.Key)]);

    public Task PurgeAsync(Queue queue) => RemoveAsync(queue, AllOf(queue), []);

    /// <summary>Deletes the message of a handle; one that is gone already is deleted.</summary>
    public Task DeleteAsync(Queue queue, string handle) =>
        IdOf(queue, handle) is { } id ? RemoveAsync(queue, [id], []) : Task.CompletedTask;

    /// <summary>The message as it was sent; null when the queue is no more.</summary>
    public async Task<QueueMessage?> SendAsync(Queue queue, string body)
    {
        var generation = state.Documents.Generation;
        if (_queues.Find(queue.Key) is null) return null;
        var message = new QueueMessage
        {
            Id = $"{Guid.NewGuid():D}",
            Queue = queue.Key,
            Body = body,
            SentAt = clock.Surrounding.GetUtcNow(),
            Place = NextPlace(),
        };
        if (!await state.SaveAsync([_messages.Put(message.Id, message)], generation)) return null;
        lock (_gate)
        {
            // It may have been forgotten again since it was saved.
            var content = ContentOf(queue);
            if (_messages.Find(message.Id) is not null) content.Add(message);
        }

        TellArrival();
        return message;
    }

    /// <summary>Up to so many messages that nobody else has at the moment; waits for the first.</summary>
    public async Task<IReadOnlyList<ReceivedMessage>> ReceiveAsync(
        Queue queue,
        int countMax,
        (TimeSpan Wait, TimeSpan Hide) times,
        CancellationToken cancellationToken)
    {
        var until = clock.Surrounding.GetUtcNow() + times.Wait;
        while (true)
        {
            var arrival = Volatile.Read(ref _arrival).Task;
            var (taken, next) = Take(queue, countMax, times.Hide);
            var left = until - clock.Surrounding.GetUtcNow();
            if (taken.Count > 0 || left <= TimeSpan.Zero) return taken;
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var pause = next < until ? next.Value - clock.Surrounding.GetUtcNow() : left;
            var timer = Task.Delay(Max(pause, TimeSpan.FromMilliseconds(1)), clock.Surrounding, waiting.Token);
            _ = await Task.WhenAny(arrival, timer);
            await waiting.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Hides a received message for so long from now; false when there is no such message.</summary>
    public bool Hide(Queue queue, string handle, TimeSpan time)
    {
        lock (_gate)
        {
            var until = clock.Surrounding.GetUtcNow() + time;
            if (!ContentOf(queue).Hide(ReceivedMessage.IdOf(handle), until)) return false;
        }

        if (time == TimeSpan.Zero) TellArrival();
        return true;
    }

    /// <summary>How many can be received, and how many are hidden.</summary>
    public (int Visible, int Hidden) Count(Queue queue)
    {
        lock (_gate)
            return ContentOf(queue).CountAt(clock.Surrounding.GetUtcNow());
    }

    private (List<ReceivedMessage> Taken, DateTimeOffset? Next) Take(Queue queue, int countMax, TimeSpan hide)
    {
        lock (_gate)
        {
            var now = clock.Surrounding.GetUtcNow();
            var content = ContentOf(queue);
            var taken = new List<ReceivedMessage>(countMax);
            foreach (var (id, receipt) in content.Take(countMax, now, hide))
            {
                // One without a document is just being deleted.
                if (_messages.Find(id) is { } message) taken.Add(new ReceivedMessage(message, receipt));
            }

            return (taken, content.NextVisible);
        }
    }

    private IReadOnlyList<string> AllOf(Queue queue)
    {
        lock (_gate)
            return [.. ContentOf(queue).Ids];
    }

    /// <summary>The message of a handle, if it is in that queue.</summary>
    private string? IdOf(Queue queue, string handle)
    {
        var id = ReceivedMessage.IdOf(handle);
        return string.Equals(_messages.Find(id)?.Queue, queue.Key, StringComparison.Ordinal) ? id : null;
    }

    private async Task RemoveAsync(Queue queue, IReadOnlyList<string> ids, IEnumerable<DocumentChange> more)
    {
        await state.SaveAsync([.. more, .. ids.Select(_messages.Remove)]);
        lock (_gate)
        {
            var content = ContentOf(queue);
            foreach (var id in ids)
                content.Remove(id);
            if (content.Ids.Count == 0) _ = _contents.Remove(queue.Key);
        }
    }

    /// <summary>What is in the queue; read from the documents again after each reset and import.</summary>
    private QueueContent ContentOf(Queue queue)
    {
        ReadAnew();
        if (!_contents.TryGetValue(queue.Key, out var content)) _contents[queue.Key] = content = new QueueContent();
        return content;
    }

    private void ReadAnew()
    {
        var generation = state.Documents.Generation;
        if (_generation == generation) return;
        _generation = generation;
        _contents.Clear();
        foreach (var (_, message) in _messages.List())
        {
            if (!_contents.TryGetValue(message.Queue, out var content))
                _contents[message.Queue] = content = new QueueContent();
            content.Add(message);
            _place = Math.Max(_place, message.Place);
        }
    }

    /// <summary>Numbers go on after a restart from where they were.</summary>
    private long NextPlace()
    {
        lock (_gate)
        {
            ReadAnew();
            return ++_place;
        }
    }

    private void TellArrival() => Interlocked.Exchange(ref _arrival, NewArrival()).SetResult();

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TaskCompletionSource NewArrival() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
