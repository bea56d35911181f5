using System.Buffers;
using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tally.Domain.Counting;

namespace Tally.Api.Events;

/// <summary>Writes what became of the events of a request.</summary>
internal static class EventsAnswer
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Books the statuses that the actors gave into the events.</summary>
    /// <param name="events">The events.</param>
    /// <param name="statuses">A <see cref="CountStatus"/> for each; meaningless where the event was rejected.</param>
    /// <returns>How many were accepted, were duplicates and were rejected.</returns>
    public static EventTally Book(Span<ParsedEvent> events, ReadOnlySpan<byte> statuses)
    {
        var (accepted, duplicates) = (0, 0);
        for (var index = 0; index < events.Length; index++)
        {
            ref var parsed = ref events[index];
            if (parsed.Code != EventCode.None)
            {
                continue;
            }

            var status = (CountStatus)statuses[index];
            parsed.Code = EventCodes.Of(status);
            accepted += status == CountStatus.Counted ? 1 : 0;
            duplicates += status == CountStatus.Duplicate ? 1 : 0;
        }

        return new(accepted, duplicates, events.Length - accepted - duplicates);
    }

    /// <summary>Writes the answer.</summary>
    /// <param name="response">Where to.</param>
    /// <param name="tally">How many events became what.</param>
    /// <param name="request">The events.</param>
    /// <param name="stop">When the request is given up.</param>
    /// <returns>A task that completes when it is written.</returns>
    public static async ValueTask Write(
        HttpResponse response,
        EventTally tally,
        EventsOfRequest request,
        CancellationToken stop)
    {
        response.ContentType = "application/json; charset=utf-8";
        if (tally.Rejected == 0)
        {
            response.ContentLength = WriteCounts(response.BodyWriter, tally);
        }
        else
        {
            WriteAll(response.BodyWriter, tally, request);
        }

        await response.BodyWriter.FlushAsync(stop);
    }

    private static int WriteCounts(PipeWriter writer, EventTally tally)
    {
        var target = writer.GetSpan(128);
        _ = System.Text.Unicode.Utf8.TryWrite(
            target,
            $"{{\"accepted\":{tally.Accepted},\"duplicates\":{tally.Duplicates},\"rejected\":[]}}",
            out var written);
        writer.Advance(written);
        return written;
    }

    private static void WriteAll(IBufferWriter<byte> target, EventTally tally, EventsOfRequest request)
    {
        using var writer = new Utf8JsonWriter(target, Options);
        writer.WriteStartObject();
        writer.WriteNumber("accepted"u8, tally.Accepted);
        writer.WriteNumber("duplicates"u8, tally.Duplicates);
        writer.WriteStartArray("rejected"u8);
        var events = request.Events.Span;
        for (var index = 0; index < events.Length; index++)
        {
            if (events[index].Code != EventCode.None)
            {
                WriteRejected(writer, index, events[index], request);
            }
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteRejected(
        Utf8JsonWriter writer,
        int index,
        in ParsedEvent parsed,
        EventsOfRequest request)
    {
        var body = request.Body.Buffer;
        writer.WriteStartObject();
        writer.WriteNumber("index"u8, index);
        if (parsed.Id.Length > 0)
        {
            writer.WriteString("id"u8, parsed.Id.In(body));
        }

        var product = parsed.Slot >= 0 ? request.Products[parsed.Slot] : null;
        writer.WriteString("code"u8, EventCodes.NameOf(parsed.Code));
        writer.WriteString("message"u8, EventCodes.MessageOf(parsed, body, product));
        writer.WriteEndObject();
    }
}

/// <summary>How many events of a request became what.</summary>
/// <param name="Accepted">Counted now.</param>
/// <param name="Duplicates">Counted before.</param>
/// <param name="Rejected">Not counted.</param>
internal readonly record struct EventTally(int Accepted, int Duplicates, int Rejected);
