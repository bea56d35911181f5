using System.Collections.Concurrent;

namespace Tally.Emulator.State;

/// <summary>
/// Every document of a state in memory, so that reading one costs a lookup. A state changes it after it has made the
/// change durable.
/// </summary>
internal sealed class DocumentCache
{
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, Document>> _kinds =
        new(StringComparer.Ordinal);

    public Document? Find(string kind, string key) => OfKind(kind).GetValueOrDefault(key);

    /// <summary>The documents of a kind by their keys, in no order; what changes meanwhile may be missing.</summary>
    public IEnumerable<KeyValuePair<string, Document>> List(string kind) => OfKind(kind);

    /// <summary>Every document there is, as the changes that make it.</summary>
    public IEnumerable<DocumentChange> ListAll() =>
        from kind in _kinds
        from held in kind.Value
        select new DocumentChange(kind.Key, held.Key, held.Value.Json);

    public void Apply(IEnumerable<DocumentChange> changes)
    {
        foreach (var (kind, key, json) in changes)
        {
            if (json is null) _ = OfKind(kind).TryRemove(key, out _);
            else OfKind(kind)[key] = new Document(json);
        }
    }

    public void Clear() => _kinds.Clear();

    private ConcurrentDictionary<string, Document> OfKind(string kind) =>
        _kinds.GetOrAdd(kind, _ => new ConcurrentDictionary<string, Document>(StringComparer.Ordinal));
}
