using Tally.Contracts.Customers;

namespace Tally.Api.Dispatch;

/// <summary>
/// Events of one customer that go in one call, with those who wait for them. Guarded by its lane's shard until it is
/// taken, then owned by the call.
/// </summary>
internal sealed class LaneBatch
{
    private const int BufferKeptMax = 16 * 1024;
    private const int WaitersKeptMax = 256;

    private byte[] _buffer = new byte[256];
    private Waiter[] _waiters = new Waiter[2];
    private int _version;

    /// <summary>The batch behind this one in its lane.</summary>
    public LaneBatch? Next { get; set; }

    /// <summary>How many events are in it.</summary>
    public int Count { get; private set; }

    /// <summary>How many bytes they take.</summary>
    public int Length { get; private set; }

    /// <summary>Whether it is small enough to be kept for another use.</summary>
    public bool IsReusable => _buffer.Length <= BufferKeptMax && _waiters.Length <= WaitersKeptMax;

    /// <summary>Adds an event.</summary>
    /// <param name="usage">The event.</param>
    /// <param name="waiter">Who waits for it.</param>
    public void Add(in UsageEvent usage, Waiter waiter)
    {
        var size = usage.Size;
        if (Length + size > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, Length + size));
        }

        if (Count == _waiters.Length)
        {
            Array.Resize(ref _waiters, Count * 4);
        }

        Length += usage.Write(_buffer.AsSpan(Length));
        _waiters[Count++] = waiter;
        _version = Math.Max(_version, usage.CatalogueVersion);
    }

    /// <summary>The message to the customer's actor; it refers to this batch's own buffer.</summary>
    /// <returns>The message.</returns>
    public UsageBatch ToMessage() => new(_version, Count, _buffer.AsMemory(0, Length));

    /// <summary>Tells everybody who waits what became of the events.</summary>
    /// <param name="statuses">One for each event; empty when all were counted.</param>
    public void Complete(ReadOnlySpan<byte> statuses)
    {
        // Neighbours are often of one request; those are counted down at once.
        var from = 0;
        while (from < Count)
        {
            var post = _waiters[from].Post;
            var to = from;
            for (; to < Count && ReferenceEquals(_waiters[to].Post, post); to++)
            {
                if (!statuses.IsEmpty)
                {
                    post.Statuses[_waiters[to].Index] = statuses[to];
                }
            }

            post.Release(to - from);
            from = to;
        }
    }

    /// <summary>Tells everybody who waits that the call failed.</summary>
    /// <param name="cause">Why.</param>
    public void Fail(Exception cause)
    {
        for (var index = 0; index < Count; index++)
        {
            _waiters[index].Post.Fail(cause);
        }

        Complete([]);
    }

    /// <summary>Empties it for another use.</summary>
    public void Clear()
    {
        Array.Clear(_waiters, 0, Count);
        (Count, Length, _version, Next) = (0, 0, 0, null);
    }
}
