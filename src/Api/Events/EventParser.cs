using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Tally.Api.Events.CloudEvents;
using Tally.Domain.Catalogue;
using Tally.Domain.Quantities;

namespace Tally.Api.Events;

/// <summary>
/// Reads events straight from the bytes of a body: one object, an array, objects one behind the other (NDJSON), or any
/// mixture. No tree and no strings; texts are unescaped where they lie.
/// </summary>
internal static class EventParser
{
    /// <summary>Reads a whole body.</summary>
    /// <param name="body">The bytes; escaped texts and tags in it are rewritten.</param>
    /// <param name="length">How many bytes of it are the body.</param>
    /// <param name="countMax">How many events it may have.</param>
    /// <param name="events">Gets the events, also those that have something wrong with them.</param>
    /// <returns>Why the body can't be taken; null when it can.</returns>
    public static BodyFault? TryParse(byte[] body, int length, int countMax, ParsedEvents events)
    {
        if (FindInvalidText(body.AsSpan(0, length)) is { } fault)
        {
            return fault;
        }

        var options = new JsonReaderOptions { AllowMultipleValues = true };
        var reader = new Utf8JsonReader(body.AsSpan(0, length), options);
        try
        {
            while (reader.Read())
            {
                var isArray = reader.TokenType == JsonTokenType.StartArray;
                while (!isArray || (reader.Read() && reader.TokenType != JsonTokenType.EndArray))
                {
                    if (events.Count == countMax)
                    {
                        return new(BodyFaultKind.TooManyEvents);
                    }

                    if (events.Form == EventForm.Own)
                    {
                        ReadEvent(ref reader, body, ref events.Add());
                    }
                    else
                    {
                        CloudEventReader.Read(ref reader, body, ref events.Add());
                    }

                    if (!isArray)
                    {
                        break;
                    }
                }
            }
        }
        catch (JsonException malformed)
        {
            return FaultOf(malformed);
        }

        return reader.TokenType == JsonTokenType.None ? new(BodyFaultKind.Empty) : null;
    }

    /// <summary>Finds bytes that are not UTF-8.</summary>
    /// <param name="body">The bytes.</param>
    /// <returns>Where they are; null when all is well.</returns>
    public static BodyFault? FindInvalidText(ReadOnlySpan<byte> body)
    {
        if (Utf8.IsValid(body))
        {
            return null;
        }

        var valid = body[..Utf8Prefix(body)];
        var lineStart = valid.LastIndexOf((byte)'\n') + 1;
        return new(BodyFaultKind.MalformedJson, valid.Count((byte)'\n') + 1, valid.Length - lineStart);
    }

    /// <summary>Where a body stops being JSON.</summary>
    /// <param name="malformed">What the reader said.</param>
    /// <returns>The position.</returns>
    public static BodyFault FaultOf(JsonException malformed) => new(
        BodyFaultKind.MalformedJson, (malformed.LineNumber ?? 0) + 1, malformed.BytePositionInLine ?? 0);

    private static int Utf8Prefix(ReadOnlySpan<byte> body)
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(body[at..], out _, out var used) == OperationStatus.Done)
        {
            at += used;
        }

        return at;
    }

    private static void ReadEvent(ref Utf8JsonReader reader, byte[] body, ref ParsedEvent parsed)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            parsed.Code = EventCode.NotAnObject;
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isText = EventText.TryTake(ref reader, body, out var name);
            var field = isText ? FieldOf(name.In(body)) : EventField.None;
            var code = field == EventField.None ? EventCode.UnknownField
                : parsed.Fields.HasFlag(field) ? EventCode.DuplicateField
                : EventCode.None;
            parsed.Fields |= field;
            reader.Read();
            if (code != EventCode.None)
            {
                parsed.Reject(code, name);
                reader.Skip();
                continue;
            }

            ReadField(ref reader, body, field, ref parsed);
        }

        if ((parsed.Fields & EventField.Required) != EventField.Required)
        {
            parsed.Reject(EventCode.MissingField);
        }
    }

    private static EventField FieldOf(ReadOnlySpan<byte> name) => name.Length switch
    {
        2 when name.SequenceEqual("id"u8) => EventField.Id,
        4 when name.SequenceEqual("time"u8) => EventField.Time,
        4 when name.SequenceEqual("tags"u8) => EventField.Tags,
        7 when name.SequenceEqual("product"u8) => EventField.Product,
        8 when name.SequenceEqual("customer"u8) => EventField.Customer,
        8 when name.SequenceEqual("quantity"u8) => EventField.Quantity,
        9 when name.SequenceEqual("dimension"u8) => EventField.Dimension,
        _ => EventField.None,
    };

    private static void ReadField(ref Utf8JsonReader reader, byte[] body, EventField field, ref ParsedEvent parsed)
    {
        switch (field)
        {
            case EventField.Id:
                parsed.Id = ReadName(ref reader, body, EventCode.InvalidId, ref parsed);
                break;
            case EventField.Product:
                parsed.Product = ReadName(ref reader, body, EventCode.UnknownProduct, ref parsed);
                break;
            case EventField.Customer:
                parsed.Customer = ReadName(ref reader, body, EventCode.InvalidCustomer, ref parsed);
                break;
            case EventField.Dimension:
                parsed.Dimension = ReadName(ref reader, body, EventCode.UnknownDimension, ref parsed);
                break;
            case EventField.Quantity:
                ReadQuantity(ref reader, ref parsed);
                break;
            case EventField.Time:
                ReadTime(ref reader, body, ref parsed);
                break;
            default:
                if (!TagsReader.TryRead(ref reader, body, out parsed.Tags))
                {
                    parsed.Reject(EventCode.InvalidTags);
                }

                break;
        }
    }

    private static TextRange ReadName(
        ref Utf8JsonReader reader,
        byte[] body,
        EventCode otherwise,
        ref ParsedEvent parsed)
    {
        if (reader.TokenType == JsonTokenType.String
            && EventText.TryTake(ref reader, body, out var text)
            && EventText.HasLength(text.In(body), 1, Names.LengthMax))
        {
            return text;
        }

        parsed.Reject(otherwise);
        reader.Skip();
        return default;
    }

    /// <summary>Reads a quantity; the reader is left at its end.</summary>
    /// <param name="reader">At the value.</param>
    /// <param name="parsed">Gets the quantity, or why it is refused.</param>
    public static void ReadQuantity(ref Utf8JsonReader reader, ref ParsedEvent parsed)
    {
        var error = QuantityError.NotANumber;
        if (reader.TokenType == JsonTokenType.Number)
        {
            error = QuantityParser.TryParse(reader.ValueSpan, out parsed.Micros);
        }
        else
        {
            reader.Skip();
        }

        if (error != QuantityError.None)
        {
            parsed.Reject(error switch
            {
                QuantityError.Negative => EventCode.NegativeQuantity,
                QuantityError.TooLarge => EventCode.QuantityTooLarge,
                QuantityError.TooPrecise => EventCode.QuantityTooPrecise,
                _ => EventCode.InvalidQuantity,
            });
        }
    }

    private static void ReadTime(ref Utf8JsonReader reader, byte[] body, ref ParsedEvent parsed)
    {
        if (reader.TokenType == JsonTokenType.String
            && EventText.TryTake(ref reader, body, out var text)
            && EventTime.TryParse(text.In(body), out parsed.Ticks))
        {
            return;
        }

        parsed.Reject(EventCode.InvalidTime);
        reader.Skip();
    }
}
