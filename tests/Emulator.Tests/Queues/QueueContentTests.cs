using Microsoft.Extensions.Time.Testing;
using Tally.Emulator.Clock;
using Tally.Emulator.Queues;
using Tally.Emulator.State;

namespace Tally.Emulator.Tests.Queues;

/// <summary>Many messages, and messages over resets and imports.</summary>
public sealed class QueueContentTests
{
    private static readonly TimeSpan Hide = TimeSpan.FromSeconds(30);
    private readonly MemoryState _state = new();
    private readonly FakeTimeProvider _time = new();
    private readonly MessageQueues _queues;
    private readonly Queue _queue = new()
    {
        AccountId = "000000000000",
        Region = "us-east-1",
        Name = "many",
        CreatedAt = DateTimeOffset.UnixEpoch,
    };

    public QueueContentTests() => _queues = new MessageQueues(_state, new EmulatorClock(_state, _time));

    [Fact]
    public async Task Receive_ManyMessages_LooksAtFewOfThemEachTime()
    {
        await _queues.SaveAsync(_queue);
        await _state.SaveAsync([.. Enumerable.Range(1, 100_000).Select(Message)]);
        var received = new List<string>();
        // With a look at every message in every round, this would not come to an end while somebody waits.
        for (var round = 0; round < 1000; round++)
        {
            foreach (var message in await ReceiveAsync(10))
            {
                received.Add(message.Message.Body);
                await _queues.DeleteAsync(_queue, message.Handle);
            }
        }

        Assert.Equal(Enumerable.Range(1, 10_000).Select(number => $"{number}"), received);
        Assert.Equal((90_000, 0), _queues.Count(_queue));
    }

    [Fact]
    public async Task Receive_WithNothingHidden_GivesDifferentMessagesInOneAnswer()
    {
        await _queues.SaveAsync(_queue);
        _ = await _queues.SendAsync(_queue, "a");
        _ = await _queues.SendAsync(_queue, "b");
        var received = await _queues.ReceiveAsync(_queue, 10, (TimeSpan.Zero, TimeSpan.Zero), Token);
        Assert.Equal(["a", "b"], received.Select(message => message.Message.Body));
        Assert.Equal((2, 0), _queues.Count(_queue));
    }

    [Fact]
    public async Task Queue_AfterAnImport_HasWhatTheDocumentsSay()
    {
        await _queues.SaveAsync(_queue);
        _ = await _queues.SendAsync(_queue, "old");
        _ = Assert.Single(await ReceiveAsync(1));
        var kept = _state.Documents.ListAll().Where(document => document.Kind is "queue").ToList();
        await _state.ReplaceAsync([.. kept, Message(7), Message(5)], []);

        Assert.Equal((2, 0), _queues.Count(_queue));
        _ = await _queues.SendAsync(_queue, "new");
        Assert.Equal(["5", "7", "new"], (await ReceiveAsync(10)).Select(message => message.Message.Body));
    }

    [Fact]
    public async Task Send_ToAQueueThatAResetTook_LeavesNothingBehind()
    {
        await _queues.SaveAsync(_queue);
        await _state.ResetAsync();
        Assert.Null(await _queues.SendAsync(_queue, "late"));
        Assert.Empty(_state.Documents.ListAll());
    }

    [Fact]
    public async Task Delete_WithAHandleOfAnotherQueue_LeavesTheMessage()
    {
        var other = _queue with { Name = "other" };
        await _queues.SaveAsync(_queue);
        await _queues.SaveAsync(other);
        _ = await _queues.SendAsync(_queue, "a");
        var handle = Assert.Single(await ReceiveAsync(1)).Handle;
        await _queues.DeleteAsync(other, handle);
        Assert.False(_queues.Hide(other, handle, TimeSpan.Zero));
        Assert.Equal((0, 1), _queues.Count(_queue));
        await _queues.DeleteAsync(_queue, handle);
        Assert.Equal((0, 0), _queues.Count(_queue));
    }

    [Fact]
    public async Task Receive_ByManyAtOnce_GivesEachMessageToOne()
    {
        await _queues.SaveAsync(_queue);
        await Task.WhenAll(Enumerable.Range(0, 200).Select(number =>
            Task.Run(async () => await _queues.SendAsync(_queue, $"{number}"), Token)));
        var received = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => ReceiveAsync(4), Token)));
        Assert.Equal(200, received.SelectMany(messages => messages).DistinctBy(message => message.Message.Id).Count());
        Assert.Equal(200, received.Sum(messages => messages.Count));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static DocumentChange Message(int number) => new(
        "message",
        $"id-{number}",
        $$"""
        {"id":"id-{{number}}","queue":"000000000000|many","body":"{{number}}","sentAt":"2026-11-23T10:30:00+00:00",
        "place":{{number}}}
        """);

    private Task<IReadOnlyList<ReceivedMessage>> ReceiveAsync(int count) =>
        _queues.ReceiveAsync(_queue, count, (TimeSpan.Zero, Hide), Token);
}
