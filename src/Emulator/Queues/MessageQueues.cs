using System.Collections.Concurrent;
using Tally.Emulator.Clock;
using Tally.Emulator.State;

namespace Tally.Emulator.Queues;

/// <summary>
/// Standard queues: at least once, in no promised order. Messages are kept with the state; waiting and hiding go by the
/// surrounding clock, as the clients' do.
/// </summary>
internal sealed class MessageQueues(IEmulatorState state, EmulatorClock clock)
{
    private readonly DocumentTable<Queue> _queues = new(state, "queue", StateJson.Default.Queue);
    private readonly DocumentTable<QueueMessage> _messages = new(state, "message", StateJson.Default.QueueMessage);
    private readonly ConcurrentDictionary<string, Receipt> _receipts = new(StringComparer.Ordinal);
    private readonly Lock _receiving = new();
    private long _place;
    private TaskCompletionSource _arrival = NewArrival();

    public Queue? Find(string accountId, string name) => _queues.Find($"{accountId}|{name}");

    /// <summary>The queues of every account.</summary>
    public IEnumerable<Queue> List() => _queues.List().Select(held => held.Value);

    public IEnumerable<Queue> List(string accountId) => List()
        .Where(queue => string.Equals(queue.AccountId, accountId, StringComparison.Ordinal));

    public ValueTask SaveAsync(Queue queue) => state.SaveAsync([_queues.Put(queue.Key, queue)]);

    /// <summary>Forgets the queue and what is in it.</summary>
    public ValueTask DeleteAsync(Queue queue) => state.SaveAsync(
        [_queues.Remove(queue.Key), .. Messages(queue).Select(message => _messages.Remove(message.Id))]);

    public ValueTask PurgeAsync(Queue queue) => state.SaveAsync(
        [.. Messages(queue).Select(message => _messages.Remove(message.Id))]);

    public async Task<QueueMessage> SendAsync(Queue queue, string body)
    {
        var message = new QueueMessage
        {
            Id = $"{Guid.NewGuid():D}",
            Queue = queue.Key,
            Body = body,
            SentAt = clock.Surrounding.GetUtcNow(),
            Place = NextPlace(),
        };
        await state.SaveAsync([_messages.Put(message.Id, message)]);
        Interlocked.Exchange(ref _arrival, NewArrival()).SetResult();
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
            var arrival = _arrival.Task;
            var taken = Take(queue, countMax, times.Hide);
            var left = until - clock.Surrounding.GetUtcNow();
            if (taken.Count > 0 || left <= TimeSpan.Zero) return taken;
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var pause = NextVisible(queue) is { } next && next < until ? next - clock.Surrounding.GetUtcNow() : left;
            var timer = Task.Delay(Max(pause, TimeSpan.FromMilliseconds(1)), clock.Surrounding, waiting.Token);
            _ = await Task.WhenAny(arrival, timer);
            await waiting.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Deletes the message of a handle; one that is gone already is deleted.</summary>
    public async Task DeleteAsync(string handle)
    {
        var id = ReceivedMessage.IdOf(handle);
        await state.SaveAsync([_messages.Remove(id)]);
        _ = _receipts.TryRemove(id, out _);
    }

    /// <summary>Hides a received message for so long from now; false when there is no such message.</summary>
    public bool Hide(string handle, TimeSpan time)
    {
        var id = ReceivedMessage.IdOf(handle);
        if (_messages.Find(id) is null || !_receipts.TryGetValue(id, out var receipt)) return false;
        _receipts[id] = receipt with { HiddenUntil = clock.Surrounding.GetUtcNow() + time };
        if (time == TimeSpan.Zero) Interlocked.Exchange(ref _arrival, NewArrival()).SetResult();
        return true;
    }

    /// <summary>How many can be received, and how many are hidden.</summary>
    public (int Visible, int Hidden) Count(Queue queue)
    {
        var now = clock.Surrounding.GetUtcNow();
        var hidden = Messages(queue).Count(message => IsHidden(message, now));
        return (Messages(queue).Count() - hidden, hidden);
    }

    private List<ReceivedMessage> Take(Queue queue, int countMax, TimeSpan hide)
    {
        lock (_receiving)
        {
            var now = clock.Surrounding.GetUtcNow();
            var taken = new List<ReceivedMessage>(countMax);
            foreach (var message in Messages(queue).Where(message => !IsHidden(message, now)).Take(countMax))
            {
                var receipt = _receipts.TryGetValue(message.Id, out var last)
                    ? last with { Count = last.Count + 1, HiddenUntil = now + hide }
                    : new Receipt(1, now, now + hide);
                _receipts[message.Id] = receipt;
                taken.Add(new ReceivedMessage(message, receipt));
            }

            return taken;
        }
    }

    private DateTimeOffset? NextVisible(Queue queue) => Messages(queue)
        .Select(message => _receipts.GetValueOrDefault(message.Id)?.HiddenUntil)
        .Min();

    private bool IsHidden(QueueMessage message, DateTimeOffset now) =>
        _receipts.TryGetValue(message.Id, out var receipt) && now < receipt.HiddenUntil;

    private IEnumerable<QueueMessage> Messages(Queue queue) => _messages.List()
        .Select(held => held.Value)
        .Where(message => string.Equals(message.Queue, queue.Key, StringComparison.Ordinal))
        .OrderBy(message => message.Place);

    /// <summary>Numbers go on after a restart from where they were.</summary>
    private long NextPlace()
    {
        if (Volatile.Read(ref _place) == 0)
        {
            var last = _messages.List().Select(held => held.Value.Place).DefaultIfEmpty().Max();
            _ = Interlocked.CompareExchange(ref _place, last, 0);
        }

        return Interlocked.Increment(ref _place);
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TaskCompletionSource NewArrival() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
