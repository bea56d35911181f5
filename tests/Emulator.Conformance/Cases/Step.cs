using System.Text.Json.Nodes;

namespace Tally.Emulator.Conformance.Cases;

/// <summary>One call of a case, and what must come back.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Parameters">Its parameters, as the model names them; timestamps are seconds since 1970.</param>
/// <param name="Expected">What must come back.</param>
public sealed record Step(string Operation, JsonObject Parameters, Expectation Expected)
{
    /// <summary>Headers of the emulator's own, which stand for what AWS knows of the caller.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}
