using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Tally.Emulator.State;

/// <summary>The documents of one kind as values. Changes are made here and saved together by the state.</summary>
internal sealed class DocumentTable<T>(IEmulatorState state, string kind, JsonTypeInfo<T> type)
    where T : class
{
    public T? Find(string key) => state.Documents.Find(kind, key)?.As(type);

    /// <summary>All of them with their keys, by key.</summary>
    public IReadOnlyList<KeyValuePair<string, T>> List() =>
    [
        .. state.Documents.List(kind)
            .OrderBy(held => held.Key, StringComparer.Ordinal)
            .Select(held => KeyValuePair.Create(held.Key, held.Value.As(type))),
    ];

    public DocumentChange Put(string key, T value) => new(kind, key, JsonSerializer.Serialize(value, type));

    public DocumentChange Remove(string key) => new(kind, key, null);
}
