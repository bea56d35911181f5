namespace Tally.Emulator.Queues;

/// <summary>
/// The messages of one queue, ordered so that each step costs the same however many there are. Not safe for several
/// threads.
/// </summary>
internal sealed class QueueContent
{
    private readonly Dictionary<string, Held> _messages = new(StringComparer.Ordinal);
    private readonly SortedSet<(long Place, string Id)> _visible = new(ById<long>());
    private readonly SortedSet<(DateTimeOffset Until, string Id)> _hidden = new(ById<DateTimeOffset>());

    public IReadOnlyCollection<string> Ids => _messages.Keys;

    /// <summary>When the next hidden one can be received again; null: none is hidden.</summary>
    public DateTimeOffset? NextVisible => _hidden.Count > 0 ? _hidden.Min.Until : null;

    /// <summary>How many can be received at that moment, and how many are hidden.</summary>
    public (int Visible, int Hidden) CountAt(DateTimeOffset now)
    {
        Show(now);
        return (_visible.Count, _hidden.Count);
    }

    /// <summary>Adds the message; one that is there already stays as it is.</summary>
    public void Add(QueueMessage message)
    {
        if (_messages.TryAdd(message.Id, new Held(message.Place, null))) _ = _visible.Add((message.Place, message.Id));
    }

    public void Remove(string id)
    {
        if (!_messages.Remove(id, out var held)) return;
        _ = _visible.Remove((held.Place, id));
        if (held.Receipt is { } receipt) _ = _hidden.Remove((receipt.HiddenUntil, id));
    }

    /// <summary>The first that can be received, at most so many; they are hidden for so long from then on.</summary>
    public IReadOnlyList<(string Id, Receipt Receipt)> Take(int countMax, DateTimeOffset now, TimeSpan hide)
    {
        Show(now);
        var taken = new List<(string Id, Receipt Receipt)>(countMax);
        while (taken.Count < countMax && _visible.Count > 0)
        {
            var (_, id) = _visible.Min;
            var receipt = _messages[id].Receipt is { } last
                ? last with { Count = last.Count + 1, HiddenUntil = now + hide }
                : new Receipt(1, now, now + hide);
            HideBy(id, receipt);
            taken.Add((id, receipt));
        }

        return taken;
    }

    /// <summary>Hides a message that was received until that moment; false when there is none.</summary>
    public bool Hide(string id, DateTimeOffset until)
    {
        if (!_messages.TryGetValue(id, out var held) || held.Receipt is not { } receipt) return false;
        HideBy(id, receipt with { HiddenUntil = until });
        return true;
    }

    private void HideBy(string id, Receipt receipt)
    {
        var held = _messages[id];
        _ = _visible.Remove((held.Place, id));
        if (held.Receipt is { } last) _ = _hidden.Remove((last.HiddenUntil, id));
        _messages[id] = held with { Receipt = receipt };
        _ = _hidden.Add((receipt.HiddenUntil, id));
    }

    private void Show(DateTimeOffset now)
    {
        while (_hidden.Count > 0 && _hidden.Min is var (until, id) && until <= now)
        {
            _ = _hidden.Remove((until, id));
            _ = _visible.Add((_messages[id].Place, id));
        }
    }

    private static Comparer<(T Order, string Id)> ById<T>()
        where T : IComparable<T> => Comparer<(T Order, string Id)>.Create((one, other) =>
        one.Order.CompareTo(other.Order) is not 0 and var order ? order : string.CompareOrdinal(one.Id, other.Id));

    private sealed record Held(long Place, Receipt? Receipt);
}
