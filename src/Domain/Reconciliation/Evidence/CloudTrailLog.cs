using System.Text.Json;
using Tally.Domain.Catalogue;

namespace Tally.Domain.Reconciliation.Evidence;

/// <summary>
/// Reads CloudTrail's events of BatchMeterUsage and MeterUsage: a log file, what <c>aws cloudtrail lookup-events</c>
/// prints, an array, or one event behind the other, also as EventBridge wraps them. Other events are passed over.
/// </summary>
/// <remarks>
/// Events are calls, and a record that is sent again is the same record: AWS keeps the first quantity of a product,
/// customer, dimension and hour. Repetitions with the same quantity are therefore one record here.
/// </remarks>
internal static class CloudTrailLog
{
    private const int EventSizeMax = 4 * 1024 * 1024;

    private static readonly string[] Lists = ["Records", "Events"];

    // The first is what events have; the second is what the service's model says.
    private static readonly string[] Sources =
        ["metering-marketplace.amazonaws.com", "marketplacemetering.amazonaws.com"];

    /// <summary>Reads events.</summary>
    /// <param name="utf8">The events.</param>
    /// <param name="records">Gets the records.</param>
    /// <returns>The first fault; null for none.</returns>
    public static EvidenceFault? Read(ReadOnlySpan<byte> utf8, List<EvidenceRecord> records)
    {
        var calls = new CallRecords(records);
        return JsonItems.ForEach(utf8, Lists, (item, line) => ReadEvent(Unwrap(item), line, calls));
    }

    private static JsonElement Unwrap(JsonElement item)
    {
        if (item.TryGetProperty("CloudTrailEvent", out _))
        {
            return Parse(item);
        }

        return item.TryGetProperty("eventName", out _) ? item : JsonMembers.Object(item, "detail") ?? item;
    }

    private static JsonElement Parse(JsonElement item)
    {
        var value = item.GetProperty("CloudTrailEvent");
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        try
        {
            using var document = JsonDocument.Parse(text.Length <= EventSizeMax ? text : "");
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.Clone()
                : throw new FormatException("'CloudTrailEvent' holds no JSON object.");
        }
        catch (JsonException malformed)
        {
            throw new FormatException("'CloudTrailEvent' holds no JSON.", malformed);
        }
    }

    private static void ReadEvent(JsonElement call, int line, CallRecords calls)
    {
        var source = JsonMembers.Text(call, "eventSource");
        var name = JsonMembers.Needed(call, "eventName");
        if (source is not null && !Sources.Contains(source))
        {
            return;
        }

        // What was refused for its caller may have neither.
        var request = JsonMembers.Object(call, "requestParameters");
        var answer = JsonMembers.Object(call, "responseElements");
        if (name is "BatchMeterUsage" && request is { } batch)
        {
            ReadBatch(batch, answer, new(line, JsonMembers.Text(call, "errorCode"), calls));
        }
        else if (name is "MeterUsage" && request is { } usage)
        {
            var account = JsonMembers.Text(call, "recipientAccountId")
                ?? (JsonMembers.Object(call, "userIdentity") is { } caller
                    ? JsonMembers.Text(caller, "accountId")
                    : null);
            ReadUsage(usage, answer, account, new(line, JsonMembers.Text(call, "errorCode"), calls));
        }
    }

    private static void ReadBatch(JsonElement request, JsonElement? answer, CallFacts call)
    {
        var product = JsonMembers.Text(request, "productCode");
        if (call.ErrorCode is { } error)
        {
            foreach (var record in JsonMembers.Objects(request, "usageRecords"))
            {
                call.Records.Take(OfBatch(record, product, call.Line) with { Status = error }, isOfInstance: false);
            }

            return;
        }

        if (answer is not { } answered)
        {
            throw new FormatException("The call has neither an 'errorCode' nor 'responseElements'.");
        }

        foreach (var result in JsonMembers.Objects(answered, "results"))
        {
            var record = JsonMembers.Object(result, "usageRecord")
                ?? throw new FormatException("A result has no 'usageRecord'.");
            var known = OfBatch(record, product, call.Line) with
            {
                Status = JsonMembers.Needed(result, "status"),
                MeteringRecordIds = JsonMembers.Text(result, "meteringRecordId") is { } id ? [id] : [],
            };
            call.Records.Take(known, isOfInstance: false);
        }

        foreach (var record in JsonMembers.Objects(answered, "unprocessedRecords"))
        {
            var left = OfBatch(record, product, call.Line) with { Status = EvidenceRecord.Unprocessed };
            call.Records.Take(left, isOfInstance: false);
        }
    }

    private static EvidenceRecord OfBatch(JsonElement record, string? product, int line) =>
        new(
            line,
            JsonMembers.Identity(record),
            JsonMembers.Needed(record, "dimension"),
            JsonMembers.Time(record, "timestamp"),
            JsonMembers.Quantity(record, "quantity"))
        {
            Product = product,
        };

    private static void ReadUsage(JsonElement request, JsonElement? answer, string? account, CallFacts call)
    {
        if (request.TryGetProperty("dryRun", out var dryRun) && dryRun.ValueKind == JsonValueKind.True)
        {
            return;
        }

        var id = answer is { } answered ? JsonMembers.Text(answered, "meteringRecordId") : null;
        if (call.ErrorCode is null && id is null)
        {
            throw new FormatException("The call has neither an 'errorCode' nor a 'meteringRecordId'.");
        }

        var identity = new CustomerIdentity(null, account, null);
        var dimension = JsonMembers.Needed(request, "usageDimension");
        var time = JsonMembers.Time(request, "timestamp");
        var quantity = JsonMembers.Quantity(request, "usageQuantity");
        var record = new EvidenceRecord(call.Line, identity, dimension, time, quantity)
        {
            Product = JsonMembers.Needed(request, "productCode"),
            Status = call.ErrorCode ?? EvidenceRecord.Success,
            MeteringRecordIds = call.ErrorCode is null && id is not null ? [id] : [],
        };
        call.Records.Take(record, isOfInstance: true);
    }

    private sealed record CallFacts(int Line, string? ErrorCode, CallRecords Records);
}
