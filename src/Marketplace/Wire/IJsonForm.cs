#nullable enable
using System.Text.Json;

namespace Amazon.AWSMarketplaceMetering.Wire;

/// <summary>How values of one type look in JSON.</summary>
/// <typeparam name="T">The type; of value types the nullable one.</typeparam>
internal interface IJsonForm<T>
{
    /// <summary>Whether a value is sent at all. What isn't set is left out.</summary>
    bool IsSet(T value) => value is not null;

    /// <summary>Writes a value that is set.</summary>
    void Write(Utf8JsonWriter writer, T value);

    /// <summary>Reads the value that the reader stands on, which isn't null, and stops at its last token.</summary>
    /// <exception cref="JsonException">The value has another type.</exception>
    T Read(ref Utf8JsonReader reader);
}
