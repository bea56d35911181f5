using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Tally.Emulator.State;

/// <summary>The documents of one kind as values. Changes are made here and saved together by the state.</summary>
internal sealed class DocumentTable<T>
    where T : class
{
    private readonly IEmulatorState _state;
    private readonly string _kind;
    private readonly JsonTypeInfo<T> _type;

    public DocumentTable(IEmulatorState state, string kind, JsonTypeInfo<T> type)
    {
        (_state, _kind, _type) = (state, kind, type);
        state.Documents.Declare(kind, type);
    }

    public T? Find(string key) => _state.Documents.Find(_kind, key)?.As(_type);

    /// <summary>All of them with their keys, by key.</summary>
    public IReadOnlyList<KeyValuePair<string, T>> List() =>
    [
        .. _state.Documents.List(_kind)
            .OrderBy(held => held.Key, StringComparer.Ordinal)
            .Select(held => KeyValuePair.Create(held.Key, held.Value.As(_type))),
    ];

    public DocumentChange Put(string key, T value) => new(_kind, key, JsonSerializer.Serialize(value, _type));

    public DocumentChange Remove(string key) => new(_kind, key, null);
}
