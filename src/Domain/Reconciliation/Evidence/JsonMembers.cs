using System.Text.Json;
using Tally.Domain.Catalogue;

namespace Tally.Domain.Reconciliation.Evidence;

/// <summary>Reads members of JSON objects, and says which of them is wrong.</summary>
internal static class JsonMembers
{
    private const int TextMax = 2_048;

    /// <summary>Reads an object.</summary>
    /// <param name="element">Whose member it is.</param>
    /// <param name="name">Its name.</param>
    /// <returns>The object; null where there is none.</returns>
    /// <exception cref="FormatException">It is something else.</exception>
    public static JsonElement? Object(JsonElement element, string name) =>
        Find(element, name, JsonValueKind.Object, "an object");

    /// <summary>Reads an array of objects.</summary>
    /// <param name="element">Whose member it is.</param>
    /// <param name="name">Its name.</param>
    /// <returns>The objects; none where there is no array.</returns>
    /// <exception cref="FormatException">It is something else.</exception>
    public static IEnumerable<JsonElement> Objects(JsonElement element, string name)
    {
        if (Find(element, name, JsonValueKind.Array, "an array") is not { } array)
        {
            yield break;
        }

        foreach (var item in array.EnumerateArray())
        {
            yield return item.ValueKind == JsonValueKind.Object
                ? item
                : throw new FormatException($"'{name}' is not an array of objects.");
        }
    }

    /// <summary>Reads a text.</summary>
    /// <param name="element">Whose member it is.</param>
    /// <param name="name">Its name.</param>
    /// <returns>The text; null where there is none, or an empty one.</returns>
    /// <exception cref="FormatException">It is something else, or too long.</exception>
    public static string? Text(JsonElement element, string name)
    {
        var text = Find(element, name, JsonValueKind.String, "a text")?.GetString();
        return text?.Length > TextMax
            ? throw new FormatException($"'{name}' has more than {TextMax} characters.")
            : string.IsNullOrEmpty(text) ? null : text;
    }

    /// <summary>Reads a text that must be there.</summary>
    /// <param name="element">Whose member it is.</param>
    /// <param name="name">Its name.</param>
    /// <returns>The text.</returns>
    /// <exception cref="FormatException">It is missing, or something else.</exception>
    public static string Needed(JsonElement element, string name) =>
        Text(element, name) ?? throw new FormatException($"'{name}' is missing.");

    /// <summary>Reads a quantity.</summary>
    /// <param name="element">Whose member it is.</param>
    /// <param name="name">Its name.</param>
    /// <returns>The quantity; 0 where there is none, as AWS takes it.</returns>
    /// <exception cref="FormatException">It is no whole number, or out of range.</exception>
    public static long Quantity(JsonElement element, string name)
    {
        if (Find(element, name, JsonValueKind.Number, "a number") is not { } number)
        {
            return 0;
        }

        return number.TryGetInt64(out var quantity) && quantity is >= 0 and <= EvidenceRecord.QuantityMax
            ? quantity
            : throw new FormatException($"'{name}' is not a whole number from 0 to {EvidenceRecord.QuantityMax}.");
    }

    /// <summary>Reads a moment, as a text or in seconds since 1970.</summary>
    /// <param name="element">Whose member it is.</param>
    /// <param name="name">Its name.</param>
    /// <returns>The moment.</returns>
    /// <exception cref="FormatException">It is missing, or none.</exception>
    public static DateTimeOffset Time(JsonElement element, string name)
    {
        if (!element.TryGetProperty(name, out var value))
        {
            throw new FormatException($"'{name}' is missing.");
        }

        var time = value.ValueKind switch
        {
            JsonValueKind.String => EvidenceTime.Parse(value.GetString()!)?.Time,
            JsonValueKind.Number => value.TryGetDecimal(out var seconds) ? EvidenceTime.OfSeconds(seconds) : null,
            _ => null,
        };
        return time ?? throw new FormatException($"'{name}' is no moment that is understood.");
    }

    /// <summary>Reads how a buyer is named.</summary>
    /// <param name="element">Whose members they are.</param>
    /// <returns>The identity, as far as it is there.</returns>
    /// <exception cref="FormatException">One of them is no text.</exception>
    public static CustomerIdentity Identity(JsonElement element) => new(
        Text(element, "customerIdentifier"), Text(element, "customerAWSAccountId"), Text(element, "licenseArn"));

    private static JsonElement? Find(JsonElement element, string name, JsonValueKind kind, string what)
    {
        if (!element.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return value.ValueKind == kind ? value : throw new FormatException($"'{name}' is not {what}.");
    }
}
