using System.Text.Json.Serialization;
using Tally.Emulator.Faults;

namespace Tally.Emulator;

/// <summary>Operations that are switched off. In JSON <c>true</c> is all of them, a list those that it names.</summary>
/// <param name="Names">The names of the operations; null: all of them.</param>
[JsonConverter(typeof(DisabledOperationsJson))]
public sealed record DisabledOperations(IReadOnlyList<string>? Names)
{
    /// <summary>Every operation.</summary>
    public static DisabledOperations All { get; } = new((IReadOnlyList<string>?)null);

    internal bool Has(string operation) => Names?.Contains(operation, StringComparer.Ordinal) ?? true;
}
