using System.Text.Json.Serialization.Metadata;

namespace Tally.Emulator.OpenApi;

/// <summary>What the document says of one endpoint.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path as it is mapped, with its parameters in braces.</param>
/// <param name="Summary">What it does, in one sentence.</param>
internal sealed record ApiOperation(string Method, string Path, string Summary)
{
    /// <summary>The type of the request's body; null: it has none.</summary>
    public JsonTypeInfo? Request { get; init; }

    /// <summary>A request's body, as JSON.</summary>
    public string? RequestExample { get; init; }

    /// <summary>Whether the body may be left out.</summary>
    public bool IsRequestOptional { get; init; }

    /// <summary>The media type of the request's body.</summary>
    public string RequestMediaType { get; init; } = "application/json";

    /// <summary>The status when all is well.</summary>
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>The type of the answer's body; null: it is no JSON, or there is none.</summary>
    public JsonTypeInfo? Response { get; init; }

    /// <summary>An answer's body.</summary>
    public string? ResponseExample { get; init; }

    /// <summary>The media type of the answer's body; null: it has none.</summary>
    public string? ResponseMediaType { get; init => field = value ?? field; }

    /// <summary>The statuses of the errors, all of them problem details.</summary>
    public IReadOnlyList<int> Errors { get; init; } = [];

    /// <summary>The parameters in the query, all optional, and what they are.</summary>
    public IReadOnlyList<(string Name, string Meaning)> Query { get; init; } = [];

    /// <summary>An endpoint that takes JSON.</summary>
    public ApiOperation Takes(JsonTypeInfo type, string example, params IReadOnlyList<int> errors) =>
        this with { Request = type, RequestExample = example, Errors = [400, .. errors] };

    /// <summary>An endpoint that answers JSON.</summary>
    public ApiOperation Gives(JsonTypeInfo type, string example, int status = 200) => this with
    {
        Response = type,
        ResponseExample = example,
        ResponseMediaType = "application/json",
        Status = status,
    };
}
