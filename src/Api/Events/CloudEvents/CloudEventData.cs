using System.Text.Json;
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
    /// <param name="counts">Whether events are counted, so that one without a quantity stands for one.</param>
    public static void Read(ref ParsedEvent parsed, byte[] body, bool counts)
    {
        if (parsed.Attributes == CloudAttribute.None || parsed.Fields.HasFlag(EventField.Quantity))
        {
            return;
        }

        var isOpaque = parsed.Attributes.HasFlag(CloudAttribute.IsOpaque);
        if (parsed.Data.Length > 0 && !isOpaque)
        {
            ReadValue(ref parsed, body);
        }

        if (parsed.Fields.HasFlag(EventField.Quantity))
        {
            return;
        }

        parsed.Fields |= EventField.Quantity;
        parsed.Micros = Quantity.MicrosPerUnit;
        if (!counts)
        {
            parsed.Reject(isOpaque ? EventCode.UnsupportedData : EventCode.MissingValue);
        }
    }

    private static void ReadValue(ref ParsedEvent parsed, byte[] body)
    {
        var reader = new Utf8JsonReader(parsed.Data.In(body));
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number)
        {
            ReadQuantity(ref reader, ref parsed);
        }
        else if (reader.TokenType == JsonTokenType.StartObject)
        {
            ReadMembers(ref reader, body, ref parsed);
        }
    }

    private static void ReadMembers(ref Utf8JsonReader reader, byte[] body, ref ParsedEvent parsed)
    {
        var hasProduct = false;
        var hasTags = false;
        var origin = parsed.Data.Start;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = new TextRange((int)reader.TokenStartIndex + 1 + origin, reader.ValueSpan.Length);
            var field = EventText.Equals(ref reader, "quantity"u8) || EventText.Equals(ref reader, "value"u8)
                ? EventField.Quantity
                : EventText.Equals(ref reader, "product"u8) ? EventField.Product
                : EventText.Equals(ref reader, "tags"u8) ? EventField.Tags
                : EventField.None;
            reader.Read();
            var isTwice = field switch
            {
                EventField.Quantity => parsed.Fields.HasFlag(EventField.Quantity),
                EventField.Product => hasProduct,
                EventField.Tags => hasTags,
                _ => false,
            };
            hasProduct |= field == EventField.Product;
            hasTags |= field == EventField.Tags;
            if (isTwice)
            {
                parsed.Reject(EventCode.DuplicateField, name);
            }
            else if (field == EventField.Quantity)
            {
                ReadQuantity(ref reader, ref parsed);
            }
            else if (field == EventField.Tags && !TagsReader.TryRead(ref reader, body, out parsed.Tags, origin))
            {
                parsed.Reject(EventCode.InvalidTags);
            }

            reader.Skip();
        }
    }

    private static void ReadQuantity(ref Utf8JsonReader reader, ref ParsedEvent parsed)
    {
        parsed.Fields |= EventField.Quantity;
        EventParser.ReadQuantity(ref reader, ref parsed);
    }
}
