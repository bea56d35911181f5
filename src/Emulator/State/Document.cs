using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Tally.Emulator.State;

/// <summary>One document, and what was read from it once.</summary>
internal sealed class Document(string json)
{
    private object? _value;

    public string Json { get; } = json;

    /// <summary>The document as a value; the same one each time.</summary>
    /// <exception cref="InvalidDataException">It isn't of that type.</exception>
    public T As<T>(JsonTypeInfo<T> type)
        where T : class
    {
        if (_value is T known) return known;
        try
        {
            var read = JsonSerializer.Deserialize(Json, type) ?? throw new InvalidDataException("A document is null.");
            _value = read;
            return read;
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"A document is no {typeof(T).Name}: {broken.Message}", broken);
        }
    }
}
