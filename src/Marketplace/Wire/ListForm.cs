#nullable enable
using System.Text.Json;

namespace Amazon.AWSMarketplaceMetering.Wire;

/// <summary>Lists: null ones are left out, empty ones are sent.</summary>
/// <remarks>
/// With <see cref="AWSConfigs.InitializeCollections"/> lists start empty instead of null, so an empty one then means
/// that nothing was set.
/// </remarks>
internal sealed class ListForm<T>(IJsonForm<T> element) : IJsonForm<List<T>?>
{
    public bool IsSet(List<T>? value) => value is not null && (value.Count > 0 || !AWSConfigs.InitializeCollections);

    public void Write(Utf8JsonWriter writer, List<T>? value)
    {
        writer.WriteStartArray();
        foreach (var item in value!)
        {
            if (item is null)
                writer.WriteNullValue();
            else
                element.Write(writer, item);
        }

        writer.WriteEndArray();
    }

    public List<T>? Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw JsonForms.Unexpected(reader.TokenType, "a list");
        var items = new List<T>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            // The model's lists have no holes, and neither have the caller's.
            if (reader.TokenType != JsonTokenType.Null)
                items.Add(element.Read(ref reader));
        }

        return items;
    }
}
