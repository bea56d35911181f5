using System.Text;

namespace Tally.Emulator.Conformance.Cases;

/// <summary>A rule of the wire that no SDK can break: bytes as they are sent, and what must come back.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Rule">The rule in one sentence.</param>
/// <param name="Source">Where it is written.</param>
/// <param name="Code">The error's code; null: it succeeds.</param>
public sealed record WireCase(string Id, string Rule, string Source, string? Code)
{
    /// <summary>The header <c>X-Amz-Target</c>; null: none.</summary>
    public string? Target { get; init; } = "AWSMPMeteringService.BatchMeterUsage";

    /// <summary>The content type; null: none.</summary>
    public string? ContentType { get; init; } = "application/x-amz-json-1.1";

    /// <summary>The body.</summary>
    public IReadOnlyList<byte> Body { get; init; } = Encoding.UTF8.GetBytes("{\"UsageRecords\":[]}");

    /// <summary>Whether the body is sent in chunks, without its length.</summary>
    public bool IsChunked { get; init; }

    /// <summary>What the error's message contains; of a success, what the body contains.</summary>
    public string Contains { get; init; } = string.Empty;
}
