using System.Text.Json;
using Tally.Emulator.Faults;
using Tally.Emulator.Signatures;

namespace Tally.Emulator.Wire;

/// <summary>One call of an operation: who calls, with what, and what is to go wrong with it.</summary>
/// <param name="Caller">Who calls, and in which region.</param>
/// <param name="Body">The request, a JSON object.</param>
/// <param name="Headers">The headers of the request.</param>
/// <param name="Faults">What the plan does to it.</param>
internal sealed record MeteringCall(Caller Caller, JsonElement Body, IHeaderDictionary Headers, CallFaults Faults);
