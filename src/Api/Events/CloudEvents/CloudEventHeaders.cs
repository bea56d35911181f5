using System.Text;
using Microsoft.AspNetCore.Http;

namespace Tally.Api.Events.CloudEvents;

/// <summary>
/// Reads a CloudEvent whose attributes are headers and whose data is the body. Source: CloudEvents HTTP binding 1.0.2,
/// section 3.1.
/// </summary>
internal static class CloudEventHeaders
{
    private const string Prefix = "ce-";

    private static readonly string[] Mandatory = ["ce-specversion", "ce-id", "ce-source", "ce-type"];

    /// <summary>Whether a request says that it is such an event.</summary>
    /// <param name="headers">Its headers.</param>
    /// <returns>Whether it has a header that every such event has.</returns>
    public static bool AreThere(IHeaderDictionary headers) => Array.Exists(Mandatory, headers.ContainsKey);

    /// <summary>Reads the event.</summary>
    /// <param name="request">The request.</param>
    /// <param name="body">Its body, which is the data; the texts of headers are put behind it.</param>
    /// <param name="parsed">Gets the event.</param>
    public static void Read(HttpRequest request, PooledBody body, ref ParsedEvent parsed)
    {
        parsed.Attributes = CloudAttribute.IsCloudEvent;
        var data = new TextRange(0, body.Length);
        foreach (var (header, values) in request.Headers)
        {
            if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var name = Append(body, header[Prefix.Length..].ToLowerInvariant());
            var attribute = CloudAttributes.Of(name.In(body.Buffer));
            if (attribute is not (CloudAttribute.None or CloudAttribute.Data or CloudAttribute.DataBase64))
            {
                if (values.Count > 1)
                {
                    parsed.Reject(EventCode.DuplicateField, name);
                }

                Take(attribute, values[0] ?? "", body, ref parsed);
            }
        }

        TakeContentType(request.ContentType, body, ref parsed);
        if (data.Length > 0)
        {
            parsed.Attributes |= CloudAttribute.Data;
            CloudEventReader.ReadAlone(data, body.Buffer, ref parsed);
        }
    }

    private static void Take(CloudAttribute attribute, string value, PooledBody body, ref ParsedEvent parsed)
    {
        parsed.Attributes |= attribute;
        if (attribute == CloudAttribute.DataContentType)
        {
            // The header Content-Type is this attribute, and there must not be another.
            parsed.Reject(EventCode.InvalidDataContentType);
        }
        else
        {
            var text = HeaderText.Decode(value) is { } decoded ? Append(body, decoded) : default(TextRange?);
            CloudEventAttributes.Take(attribute, text, body.Buffer, ref parsed);
        }
    }

    private static void TakeContentType(string? type, PooledBody body, ref ParsedEvent parsed)
    {
        if (string.IsNullOrEmpty(type))
        {
            // Nothing is assumed of data whose type isn't said.
            parsed.Attributes |= CloudAttribute.IsOpaque;
            return;
        }

        var text = Append(body, type);
        CloudEventAttributes.Take(CloudAttribute.DataContentType, text, body.Buffer, ref parsed);
    }

    private static TextRange Append(PooledBody body, string text)
    {
        var start = body.Length;
        body.Advance(Encoding.UTF8.GetBytes(text, body.Room(Encoding.UTF8.GetMaxByteCount(text.Length)).Span));
        return new(start, body.Length - start);
    }
}
