using System.Buffers;
using Tally.Api.Events.CloudEvents;

namespace Tally.Api.Events;

/// <summary>The events of a request, in their order, in a pooled array.</summary>
internal sealed class ParsedEvents : IDisposable
{
    private ParsedEvent[] _events = ArrayPool<ParsedEvent>.Shared.Rent(1_024);

    /// <summary>How they are written.</summary>
    public EventForm Form { get; set; }

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The events.</summary>
    public Span<ParsedEvent> Span => _events.AsSpan(0, Count);

    /// <summary>Adds an empty event.</summary>
    /// <returns>The event, to be filled before the next is added.</returns>
    public ref ParsedEvent Add()
    {
        if (Count == _events.Length)
        {
            var larger = ArrayPool<ParsedEvent>.Shared.Rent(Count * 2);
            Span.CopyTo(larger);
            ArrayPool<ParsedEvent>.Shared.Return(_events);
            _events = larger;
        }

        ref var added = ref _events[Count++];
        added = default;
        return ref added;
    }

    /// <summary>Gives the array back.</summary>
    public void Dispose()
    {
        ArrayPool<ParsedEvent>.Shared.Return(_events);
        (_events, Count) = ([], 0);
    }
}
