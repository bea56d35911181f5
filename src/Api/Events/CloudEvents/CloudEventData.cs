using System.Text.Json;
using Tally.Api.Products;
using Tally.Domain.Catalogue;
using Tally.Domain.Quantities;

namespace Tally.Api.Events.CloudEvents;

/// <summary>
/// Reads a CloudEvent's quantity and tags from its data, once the product says where the quantity is.
/// </summary>
internal static class CloudEventData
{
    /// <summary>Reads the data, unless it was read; an event in the platform's own form stays as it is.</summary>
    /// <param name="parsed">The event.</param>
    /// <param name="body">The body that it lies in; tags in it are rewritten.</param>
    /// <param name="dimension">What it is for; null where that isn't known, and only tags matter.</param>
    public static void Read(ref ParsedEvent parsed, byte[] body, CachedDimension? dimension)
    {
        if (parsed.Attributes == CloudAttribute.None || parsed.Fields.HasFlag(EventField.Quantity))
        {
            return;
        }

        var isOpaque = parsed.Attributes.HasFlag(CloudAttribute.IsOpaque);
        if (parsed.Data.Length > 0 && !isOpaque)
        {
            ReadValue(ref parsed, body, dimension?.ValuePath ?? []);
        }

        if (parsed.Fields.HasFlag(EventField.Quantity))
        {
            return;
        }

        // An event that is only counted stands for one.
        parsed.Fields |= EventField.Quantity;
        parsed.Micros = Quantity.MicrosPerUnit;
        if (dimension?.Definition.Aggregation.IsCounting() == false)
        {
            parsed.Reject(isOpaque ? EventCode.UnsupportedData : EventCode.MissingValue);
        }
    }

    private static void ReadValue(ref ParsedEvent parsed, byte[] body, ReadOnlySpan<byte[]> path)
    {
        var reader = new Utf8JsonReader(parsed.Data.In(body));
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number && path.IsEmpty)
        {
            ReadQuantity(ref reader, ref parsed);
        }
        else if (reader.TokenType == JsonTokenType.StartObject)
        {
            ReadMembers(ref reader, body, ref parsed, path);
        }
    }

    private static void ReadMembers(
        ref Utf8JsonReader reader, byte[] body, ref ParsedEvent parsed, ReadOnlySpan<byte[]> path)
    {
        var known = EventField.None;
        var origin = parsed.Data.Start;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = new TextRange((int)reader.TokenStartIndex + 1 + origin, reader.ValueSpan.Length);
            var isOnPath = !path.IsEmpty && EventText.Equals(ref reader, path[0]);
            var field = EventText.Equals(ref reader, "product"u8) ? EventField.Product
                : EventText.Equals(ref reader, "tags"u8) ? EventField.Tags
                : path.IsEmpty && IsUsualPlace(ref reader) ? EventField.Quantity
                : EventField.None;
            reader.Read();
            if (field != EventField.None && known.HasFlag(field))
            {
                parsed.Reject(EventCode.DuplicateField, name);
            }
            else if (isOnPath)
            {
                ReadPath(ref reader, ref parsed, path[1..], name);
            }
            else if (field == EventField.Quantity)
            {
                ReadQuantity(ref reader, ref parsed);
            }
            else if (field == EventField.Tags && !TagsReader.TryRead(ref reader, body, out parsed.Tags, origin))
            {
                parsed.Reject(EventCode.InvalidTags);
            }

            known |= field;
            reader.Skip();
        }
    }

    /// <summary>Follows the path into a member; the reader is left at its end or at a value that is skipped.</summary>
    private static void ReadPath(
        ref Utf8JsonReader reader, ref ParsedEvent parsed, ReadOnlySpan<byte[]> path, TextRange name)
    {
        if (path.IsEmpty)
        {
            if (parsed.Fields.HasFlag(EventField.Quantity))
            {
                parsed.Reject(EventCode.DuplicateField, name);
                return;
            }

            ReadQuantity(ref reader, ref parsed);
            return;
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var inner = new TextRange(
                (int)reader.TokenStartIndex + 1 + parsed.Data.Start, reader.ValueSpan.Length);
            var isOnPath = EventText.Equals(ref reader, path[0]);
            reader.Read();
            if (isOnPath)
            {
                ReadPath(ref reader, ref parsed, path[1..], inner);
            }

            reader.Skip();
        }
    }

    private static bool IsUsualPlace(ref Utf8JsonReader reader) =>
        EventText.Equals(ref reader, "quantity"u8) || EventText.Equals(ref reader, "value"u8);

    private static void ReadQuantity(ref Utf8JsonReader reader, ref ParsedEvent parsed)
    {
        parsed.Fields |= EventField.Quantity;
        EventParser.ReadQuantity(ref reader, ref parsed);
    }
}
