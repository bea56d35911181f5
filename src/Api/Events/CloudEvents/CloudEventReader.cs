using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;

namespace Tally.Api.Events.CloudEvents;

/// <summary>
/// Reads CloudEvents in the JSON format straight from the bytes of a body. Source: CloudEvents JSON format 1.0.2.
/// </summary>
/// <remarks>
/// What the data means depends on the product, which the data may name. So of the data only the place and the product
/// are noted here; <see cref="CloudEventData"/> reads it when the product is known.
/// </remarks>
internal static class CloudEventReader
{
    /// <summary>Reads an event; the reader is left at its end.</summary>
    /// <param name="reader">At its first token.</param>
    /// <param name="body">What the reader reads; known to be UTF-8.</param>
    /// <param name="parsed">Gets the event.</param>
    public static void Read(ref Utf8JsonReader reader, byte[] body, ref ParsedEvent parsed)
    {
        parsed.Attributes = CloudAttribute.IsCloudEvent;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            parsed.Reject(EventCode.NotAnObject);
            reader.Skip();
            return;
        }

        var base64 = default(TextRange?);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isText = EventText.TryTake(ref reader, body, out var name);
            var attribute = isText ? CloudAttributes.Of(name.In(body)) : CloudAttribute.None;
            reader.Read();
            if (attribute == CloudAttribute.None
                || (reader.TokenType == JsonTokenType.Null && attribute != CloudAttribute.Data)
                || !CloudEventAttributes.TryNote(attribute, name, ref parsed))
            {
                reader.Skip();
            }
            else if (attribute == CloudAttribute.Data)
            {
                parsed.Data = ReadData(ref reader, body, ref parsed);
            }
            else if (attribute == CloudAttribute.DataBase64)
            {
                base64 = ReadText(ref reader, body) ?? new(0, -1);
            }
            else
            {
                CloudEventAttributes.Take(attribute, ReadText(ref reader, body), body, ref parsed);
            }
        }

        if (base64 is { } encoded)
        {
            ReadBase64(encoded, body, ref parsed);
        }
    }

    /// <summary>Notes data that stands alone: it is the body of the request, or came in Base64.</summary>
    /// <param name="data">Where it lies.</param>
    /// <param name="body">The body.</param>
    /// <param name="parsed">The event.</param>
    public static void ReadAlone(TextRange data, byte[] body, ref ParsedEvent parsed)
    {
        if (parsed.Attributes.HasFlag(CloudAttribute.IsOpaque))
        {
            return;
        }

        if (EventParser.FindInvalidText(data.In(body)) is not null)
        {
            parsed.Reject(EventCode.InvalidData);
            return;
        }

        var reader = new Utf8JsonReader(data.In(body));
        try
        {
            reader.Read();
            var (start, length) = ReadData(ref reader, body, ref parsed, data.Start);
            reader.Read();
            parsed.Data = new(start, length);
        }
        catch (JsonException)
        {
            // To be told to whoever sent it; what the reader says of the place would be of the decoded data.
            parsed.Reject(EventCode.InvalidData);
        }
    }

    private static TextRange? ReadText(ref Utf8JsonReader reader, byte[] body)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return EventText.TryTake(ref reader, body, out var text) ? text : null;
        }

        reader.Skip();
        return null;
    }

    private static void ReadBase64(TextRange encoded, byte[] body, ref ParsedEvent parsed)
    {
        if (parsed.Attributes.HasFlag(CloudAttribute.Data))
        {
            parsed.Reject(EventCode.ConflictingData);
            return;
        }

        var length = 0;
        if (encoded.Length < 0
            || Base64.DecodeFromUtf8InPlace(body.AsSpan(encoded.Start, encoded.Length), out length)
                != OperationStatus.Done)
        {
            parsed.Reject(EventCode.InvalidData);
            return;
        }

        // Nothing is assumed of such data where nothing is said. Source: JSON format, section 3.1.2.
        if (!parsed.Attributes.HasFlag(CloudAttribute.DataContentType))
        {
            parsed.Attributes |= CloudAttribute.IsOpaque;
        }

        ReadAlone(new(encoded.Start, length), body, ref parsed);
    }

    private static TextRange ReadData(
        ref Utf8JsonReader reader, byte[] body, ref ParsedEvent parsed, int offset = 0)
    {
        var start = (int)reader.TokenStartIndex;
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isProduct = reader.ValueTextEquals("product"u8);
                reader.Read();
                if (isProduct)
                {
                    ReadProduct(ref reader, body, ref parsed, offset);
                }

                reader.Skip();
            }
        }
        else
        {
            reader.Skip();
        }

        return new(start + offset, (int)reader.BytesConsumed - start);
    }

    /// <summary>Notes the product. The data is read once more, so it stays JSON.</summary>
    private static void ReadProduct(ref Utf8JsonReader reader, byte[] body, ref ParsedEvent parsed, int offset)
    {
        if (parsed.Fields.HasFlag(EventField.Product))
        {
            return;
        }

        parsed.Fields |= EventField.Product;
        if (reader.TokenType != JsonTokenType.String)
        {
            return;
        }

        var start = (int)reader.TokenStartIndex + 1 + offset;
        var text = body.AsSpan(start, reader.ValueSpan.Length);
        if (!reader.ValueIsEscaped)
        {
            parsed.Product = new(start, text.Length);
            return;
        }

        var copy = text.ToArray();
        if (!JsonText.TryUnescape(copy, out var length) || copy.AsSpan(0, length).ContainsAnyInRange((byte)0, (byte)31)
            || copy.AsSpan(0, length).IndexOfAny((byte)'"', (byte)'\\') >= 0)
        {
            // Such a text is no product code.
            return;
        }

        // Shorter than it was, so the closing quote moves, and blanks take its place.
        copy.AsSpan(0, length).CopyTo(text);
        text[length] = (byte)'"';
        text[(length + 1)..].Fill((byte)' ');
        body[start + text.Length] = (byte)' ';
        parsed.Product = new(start, length);
    }
}
