using System.Text;

namespace Tally.Emulator.Conformance.Cases;

/// <summary>What is on the wire: headers, JSON, types and sizes.</summary>
internal static class WireCases
{
    private const string Protocol = "AWS JSON 1.1";
    private const string Unreadable = "SerializationException";
    private const string Unknown = "UnknownOperationException";
    private const string Success = "\"Status\":\"Success\"";
    private const int Mebibyte = 1024 * 1024;
    private const int DeepestMember = 2000;

    private static readonly long Now = World.Today.Now.ToUnixTimeSeconds();

    public static IReadOnlyList<WireCase> List { get; } = [.. Headers, .. Json, .. Types, .. Times, .. Sizes];

    private static IEnumerable<WireCase> Headers =>
    [
        new("wire.target", "The operation is named by X-Amz-Target.", Protocol, null) { Contains = "\"Results\":[]" },
        new("wire.target.missing", "Without it there is no operation.", Protocol, Unknown) { Target = null },
        new("wire.target.service", "Nor with another service.", Protocol, Unknown)
        {
            Target = "AWSMPEntitlementService.BatchMeterUsage",
        },
        new("wire.target.operation", "Nor with an operation that it hasn't.", Protocol, Unknown)
        {
            Target = "AWSMPMeteringService.GetUsage",
        },
        new("wire.target.case", "Operations are case-sensitive.", Protocol, Unknown)
        {
            Target = "AWSMPMeteringService.batchMeterUsage",
        },
        new("wire.type.1.0", "AWS JSON 1.0 is read too.", "emulator", null)
        {
            ContentType = "application/x-amz-json-1.0",
        },
        new("wire.type.charset", "The content type may have parameters.", Protocol, null)
        {
            ContentType = "application/x-amz-json-1.1; charset=utf-8",
        },
        new("wire.type.other", "Another content type is refused.", Protocol, Unknown) { ContentType = "text/json" },
        new("wire.type.missing", "So is none.", Protocol, Unknown) { ContentType = null },
        new("wire.chunked", "A body may come in chunks.", Protocol, null) { IsChunked = true },
    ];

    private static IEnumerable<WireCase> Json =>
    [
        Sent("wire.json.empty", "An empty body is no JSON.", Unreadable, string.Empty),
        Sent("wire.json.cut", "Nor is half an object.", Unreadable, "{\"UsageRecords\":["),
        Sent("wire.json.tail", "Nor an object with something behind it.", Unreadable, "{\"UsageRecords\":[]}x"),
        Sent("wire.json.list", "A list is no request.", Unreadable, "[]"),
        Sent("wire.json.text", "Nor is a text.", Unreadable, "\"UsageRecords\""),
        Sent("wire.json.nan", "NaN is no number.", Unreadable, Record("\"Quantity\":NaN")),
        Sent("wire.json.deep", "What is nested without end is refused.", Unreadable,
            $"{{\"a\":{new string('[', DeepestMember)}{new string(']', DeepestMember)}}}"),
        new("wire.json.utf8", "What isn't UTF-8 is refused.", Protocol, Unreadable)
        {
            Body = [.. "{\"ProductCode\":\""u8, 0xC3, 0x28, .. "\",\"UsageRecords\":[]}"u8],
        },
        Sent("wire.json.surrogate", "So is half a character.", Unreadable,
            "{\"ProductCode\":\"\\ud800\",\"UsageRecords\":[]}"),
        Sent("wire.json.surrogate-name", "Also in the name of a member.", Unreadable,
            "{\"\\ud800roductCode\":1,\"UsageRecords\":[]}"),
        Sent("wire.json.space", "Space between members means nothing.", null, " {\n\t\"UsageRecords\" : [ ] }\r\n"),
        Sent("wire.member.unknown", "A member that the model lacks is ignored.", null,
            "{\"Surprise\":{\"a\":[1]},\"UsageRecords\":[]}"),
        Sent("wire.member.null", "A member that is null isn't there.", null,
            Record("\"Quantity\":3,\"LicenseArn\":null,\"UsageAllocations\":null")),
        Sent("wire.member.case", "Names of members are case-sensitive.", "ValidationException",
            "{\"usageRecords\":[]}"),
        Sent("wire.member.escaped", "A name may be written with escapes.", null, "{\"\\u0055sageRecords\":[]}"),
    ];

    private static IEnumerable<WireCase> Types =>
    [
        Sent("wire.list", "A list must be one.", Unreadable, "{\"UsageRecords\":{}}"),
        Sent("wire.structure", "So must a structure.", Unreadable, "{\"UsageRecords\":[1]}"),
        Sent("wire.structure.null", "Null is no structure.", Unreadable, "{\"UsageRecords\":[null]}"),
        Sent("wire.string", "And a text.", Unreadable, "{\"ProductCode\":1,\"UsageRecords\":[]}"),
        Sent("wire.integer.text", "A number isn't written as a text.", Unreadable, Record("\"Quantity\":\"3\"")),
        Sent("wire.integer.fraction", "An integer has no fraction.", Unreadable, Record("\"Quantity\":3.5")),
        Sent("wire.integer.min", "It has 32 bits: the least is a number, though out of range.", "ValidationException",
            Record("\"Quantity\":-2147483648")),
        Sent("wire.integer.less", "And one less isn't.", Unreadable, Record("\"Quantity\":-2147483649")),
        Sent("wire.integer.huge", "Nor is 1e999.", Unreadable, Record("\"Quantity\":1e999")),
        Sent("wire.boolean", "A boolean isn't written as a text.", Unreadable, Metered("\"DryRun\":\"true\"")) with
        {
            Target = "AWSMPMeteringService.MeterUsage",
        },
        Sent("wire.boolean.false", "False is one.", null, Metered("\"DryRun\":false")) with
        {
            Target = "AWSMPMeteringService.MeterUsage",
            Contains = "MeteringRecordId",
        },
    ];

    private static IEnumerable<WireCase> Times =>
    [
        Timed("wire.time.fraction", "A time may have a fraction, and is echoed with it.", null, $"{Now}.776") with
        {
            Contains = $"\"Timestamp\":{Now}.776",
        },
        Timed("wire.time.exponent", "And an exponent.", null, $"{Now / 10}e1") with { Contains = Success },
        Timed("wire.time.text", "It isn't a text.", Unreadable, "\"2026-11-23T10:30:00Z\""),
        Timed("wire.time.nothing", "Nor anything else.", Unreadable, "true"),
        Timed("wire.time.first", "The year 1 is long ago.", "TimestampOutOfBoundsException", "-62135596800"),
        Timed("wire.time.never", "And what lies before it is out of bounds too.",
            "TimestampOutOfBoundsException", "-62135596801"),
        Timed("wire.time.last", "As is what lies behind the year 9999.",
            "TimestampOutOfBoundsException", "253402300800"),
        Timed("wire.time.huge", "1e999 is no time at all.", Unreadable, "1e999"),
    ];

    private static IEnumerable<WireCase> Sizes =>
    [
        Filled("wire.size", "A request is smaller than 1 MiB, keys included.", null, Mebibyte - 1),
        Filled("wire.size.max", "One of 1 MiB is refused.", "ValidationException", Mebibyte),
        Filled("wire.size.chunked", "In chunks too.", "ValidationException", Mebibyte) with { IsChunked = true },
        Filled("wire.size.2", "And one of two.", "ValidationException", 2 * Mebibyte),
    ];

    private static WireCase Sent(string id, string rule, string? code, string body) =>
        new(id, rule, Protocol, code) { Body = Encoding.UTF8.GetBytes(body) };

    private static WireCase Timed(string id, string rule, string? code, string time) =>
        Sent(id, rule, code, Record("\"Quantity\":3", time));

    private static WireCase Filled(string id, string rule, string? code, int length)
    {
        const string frame = "{\"UsageRecords\":[],\"x\":\"\"}";
        return Sent(id, rule, code, frame.Insert(frame.Length - 2, new string('x', length - frame.Length))) with
        {
            Source = Say.Model,
        };
    }

    private static string Record(string more, string? time = null) =>
        $"{{\"ProductCode\":\"prod-1\",\"UsageRecords\":[{{\"Timestamp\":{time ?? $"{Now}"},"
        + $"\"CustomerIdentifier\":\"cust-1\",\"Dimension\":\"api_calls\",{more}}}]}}";

    private static string Metered(string more) =>
        $"{{\"ProductCode\":\"prod-1\",\"Timestamp\":{Now},\"UsageDimension\":\"api_calls\",{more}}}";
}
