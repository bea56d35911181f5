using Tally.Domain.Catalogue;

namespace Tally.Api.Events.CloudEvents;

/// <summary>Checks a CloudEvent's attributes, from wherever they come, and notes them as what they are here.</summary>
internal static class CloudEventAttributes
{
    /// <summary>Takes an attribute.</summary>
    /// <param name="attribute">Which.</param>
    /// <param name="text">Where its text lies, decoded; null when its value is no text.</param>
    /// <param name="body">The body; known to be UTF-8.</param>
    /// <param name="parsed">The event, which gets it or why it is refused.</param>
    public static void Take(CloudAttribute attribute, TextRange? text, byte[] body, ref ParsedEvent parsed)
    {
        var range = text ?? default;
        var value = range.In(body);
        var code = attribute switch
        {
            CloudAttribute.SpecVersion => value.SequenceEqual("1.0"u8) ? EventCode.None : EventCode.InvalidSpecVersion,
            CloudAttribute.Id => CloudText.IsString(value) ? EventCode.None : EventCode.InvalidId,
            CloudAttribute.Source => CloudText.IsUriReference(value) ? EventCode.None : EventCode.InvalidSource,
            CloudAttribute.Type => IsName(value) ? EventCode.None : EventCode.InvalidType,
            CloudAttribute.Subject => IsName(value) ? EventCode.None : EventCode.InvalidSubject,
            CloudAttribute.Time => EventTime.TryParse(value, out parsed.Ticks) ? EventCode.None : EventCode.InvalidTime,
            CloudAttribute.DataSchema => CloudText.IsUri(value) ? EventCode.None : EventCode.InvalidDataSchema,
            CloudAttribute.DataContentType => TakeContentType(value, ref parsed),
            _ => throw new ArgumentOutOfRangeException(nameof(attribute), attribute, "Not an attribute."),
        };
        if (code != EventCode.None)
        {
            parsed.Reject(code);
            return;
        }

        switch (attribute)
        {
            case CloudAttribute.Id:
                parsed.Id = range;
                break;
            case CloudAttribute.Source:
                parsed.Source = range;
                break;
            case CloudAttribute.Type:
                parsed.Dimension = range;
                break;
            case CloudAttribute.Subject:
                parsed.Customer = range;
                break;
            case CloudAttribute.Time:
                parsed.Fields |= EventField.Time;
                break;
            default:
                break;
        }
    }

    /// <summary>Notes that an attribute is there.</summary>
    /// <param name="attribute">Which.</param>
    /// <param name="name">Where its name lies.</param>
    /// <param name="parsed">The event.</param>
    /// <returns>Whether it is there for the first time.</returns>
    public static bool TryNote(CloudAttribute attribute, TextRange name, ref ParsedEvent parsed)
    {
        if (parsed.Attributes.HasFlag(attribute))
        {
            parsed.Reject(EventCode.DuplicateField, name);
            return false;
        }

        parsed.Attributes |= attribute;
        return true;
    }

    private static bool IsName(ReadOnlySpan<byte> text) =>
        EventText.HasLength(text, 1, Names.LengthMax) && CloudText.IsString(text);

    private static EventCode TakeContentType(ReadOnlySpan<byte> value, ref ParsedEvent parsed)
    {
        var isOne = CloudText.TryMediaType(value, out var isJson);
        parsed.Attributes |= isJson ? CloudAttribute.None : CloudAttribute.IsOpaque;
        return isOne ? EventCode.None : EventCode.InvalidDataContentType;
    }
}
