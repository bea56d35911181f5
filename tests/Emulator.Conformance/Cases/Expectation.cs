using System.Text.Json;

namespace Tally.Emulator.Conformance.Cases;

/// <summary>What must come back from a call.</summary>
/// <param name="ErrorCode">The error's code; null: it succeeds.</param>
public sealed record Expectation(string? ErrorCode)
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; init; } = 200;

    /// <summary>What the error's message begins with; null: anything.</summary>
    public string? Message { get; init; }

    /// <summary>Members of the result that are looked at; a client whose model lacks one can't show it.</summary>
    public IReadOnlyList<string> Shows { get; init; } = [];

    /// <summary>Says what is wrong with a result, given those of the earlier steps; null: nothing.</summary>
    public Func<JsonElement, IReadOnlyList<Outcome>, string?> Check { get; init; } = (_, _) => null;

    /// <summary>What is wrong with an outcome; null: nothing.</summary>
    public string? ProblemOf(Outcome outcome, IReadOnlyList<Outcome> earlier)
    {
        if (!string.Equals(outcome.Code, ErrorCode, StringComparison.Ordinal))
            return $"expected {ErrorCode ?? "success"}, got {outcome.Code ?? "success"}: {outcome.Message}";
        if (outcome.Status is { } status && status != Status) return $"expected status {Status}, got {status}";
        if (ErrorCode is null) return Check(outcome.Result, earlier);
        return Message is null || outcome.Message?.StartsWith(Message, StringComparison.Ordinal) is true
            ? null
            : $"expected the message '{Message}', got '{outcome.Message}'";
    }
}
