using System.Text.Json;

namespace Tally.Emulator.Conformance.Cases;

/// <summary>What a client made of one answer.</summary>
public sealed record Outcome
{
    /// <summary>The error's code as the client names it; null: the call succeeded.</summary>
    public string? Code { get; init; }

    /// <summary>The HTTP status; null: the client doesn't tell.</summary>
    public int? Status { get; init; }

    /// <summary>The error's message.</summary>
    public string? Message { get; init; }

    /// <summary>The result, its members as the model names them.</summary>
    public JsonElement Result { get; init; }

    /// <summary>Why the client could not send this call at all; null: it could.</summary>
    public string? Cannot { get; init; }
}
