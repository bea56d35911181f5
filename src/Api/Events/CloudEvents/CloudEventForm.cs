using System.Text;
using Microsoft.AspNetCore.Http;

namespace Tally.Api.Events.CloudEvents;

/// <summary>How a request carries events.</summary>
internal enum EventForm
{
    /// <summary>In the platform's own form.</summary>
    Own = 0,

    /// <summary>As CloudEvents in JSON, one or many.</summary>
    CloudEvents,

    /// <summary>As one CloudEvent, whose attributes are headers and whose data is the body.</summary>
    CloudEventInHeaders,
}

/// <summary>Takes events in whichever form they come.</summary>
internal static class CloudEventForm
{
    private const string MediaType = "application/cloudevents";

    /// <summary>
    /// Finds out in which form a request carries its events. Source: CloudEvents HTTP binding 1.0.2, section 3.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <returns>The form.</returns>
    public static EventForm Of(HttpRequest request) =>
        request.ContentType?.StartsWith(MediaType, StringComparison.OrdinalIgnoreCase) == true ? EventForm.CloudEvents
        : CloudEventHeaders.AreThere(request.Headers) ? EventForm.CloudEventInHeaders
        : EventForm.Own;

    /// <summary>Reads the events of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="body">Its body; what CloudEvents need besides is put behind it.</param>
    /// <param name="countMax">How many events it may have.</param>
    /// <param name="events">Gets the events, also those that have something wrong with them.</param>
    /// <returns>Why the body can't be taken; null when it can.</returns>
    public static BodyFault? TryParse(HttpRequest request, PooledBody body, int countMax, ParsedEvents events)
    {
        events.Form = Of(request);
        if (events.Form == EventForm.CloudEventInHeaders)
        {
            CloudEventHeaders.Read(request, body, ref events.Add());
        }
        else if (EventParser.TryParse(body.Buffer, body.Length, countMax, events) is { } fault)
        {
            return fault;
        }

        if (events.Form != EventForm.Own)
        {
            Complete(body, events.Span, request.Query["product"].ToString());
        }

        return null;
    }

    private static void Complete(PooledBody body, Span<ParsedEvent> events, string product)
    {
        var otherwise = new TextRange(body.Length, Encoding.UTF8.GetByteCount(product));
        body.Advance(Encoding.UTF8.GetBytes(product, body.Room(otherwise.Length).Span));
        foreach (ref var parsed in events)
        {
            if (parsed.Code == EventCode.NotAnObject)
            {
                continue;
            }

            if (!parsed.Attributes.HasFlag(CloudAttribute.Required))
            {
                parsed.Reject(EventCode.MissingAttribute);
            }

            var isNamed = parsed.Fields.HasFlag(EventField.Product);
            parsed.Product = isNamed ? parsed.Product : otherwise;
            if (parsed.Product.Length == 0)
            {
                parsed.Reject(isNamed ? EventCode.UnknownProduct : EventCode.MissingProduct);
            }

            if (parsed.Source.Length > 0 && parsed.Id.Length > 0)
            {
                parsed.Id = CloudEventIds.Append(body, parsed.Source, parsed.Id);
            }
        }
    }
}
