using System.Collections.Concurrent;
using System.Text.Json.Serialization.Metadata;

namespace Tally.Emulator.State;

/// <summary>
/// Every document of a state in memory, so that reading one costs a lookup. A state changes it after it has made the
/// change durable.
/// </summary>
internal sealed class DocumentCache
{
    private readonly ConcurrentDictionary<string, JsonTypeInfo> _types = new(StringComparer.Ordinal);
    private volatile ConcurrentDictionary<string, ConcurrentDictionary<string, Document>> _kinds =
        new(StringComparer.Ordinal);
    private long _generation;

    /// <summary>The types of the documents, by kind, as far as somebody uses them.</summary>
    public IReadOnlyDictionary<string, JsonTypeInfo> Kinds => _types;

    /// <summary>
    /// Another number once everything was replaced. Whoever reads it before documents, and saves for it, changes
    /// nothing of what came instead of them.
    /// </summary>
    public long Generation => Volatile.Read(ref _generation);

    public Document? Find(string kind, string key) => OfKind(_kinds, kind).GetValueOrDefault(key);

    /// <summary>The documents of a kind by their keys, in no order; what changes meanwhile may be missing.</summary>
    public IEnumerable<KeyValuePair<string, Document>> List(string kind) => OfKind(_kinds, kind);

    /// <summary>Every document there is, as the changes that make it.</summary>
    public IEnumerable<DocumentChange> ListAll() =>
        from kind in _kinds
        from held in kind.Value
        select new DocumentChange(kind.Key, held.Key, held.Value.Json);

    /// <summary>Says what type the documents of a kind have.</summary>
    public void Declare(string kind, JsonTypeInfo type) => _types[kind] = type;

    public void Apply(IEnumerable<DocumentChange> changes) => Apply(_kinds, changes);

    /// <summary>What these changes make is all there is from now on; nobody sees a part of it.</summary>
    public void Replace(IEnumerable<DocumentChange> changes)
    {
        var kinds = new ConcurrentDictionary<string, ConcurrentDictionary<string, Document>>(StringComparer.Ordinal);
        Apply(kinds, changes);
        _kinds = kinds;
        _ = Interlocked.Increment(ref _generation);
    }

    public void Clear() => Replace([]);

    private static void Apply(
        ConcurrentDictionary<string, ConcurrentDictionary<string, Document>> kinds,
        IEnumerable<DocumentChange> changes)
    {
        foreach (var (kind, key, json) in changes)
        {
            if (json is null) _ = OfKind(kinds, kind).TryRemove(key, out _);
            else OfKind(kinds, kind)[key] = new Document(json);
        }
    }

    private static ConcurrentDictionary<string, Document> OfKind(
        ConcurrentDictionary<string, ConcurrentDictionary<string, Document>> kinds,
        string kind) =>
        kinds.GetOrAdd(kind, _ => new ConcurrentDictionary<string, Document>(StringComparer.Ordinal));
}
