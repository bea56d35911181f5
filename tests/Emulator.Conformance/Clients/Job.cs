using System.Text.Json.Nodes;

namespace Tally.Emulator.Conformance.Clients;

/// <summary>A case as a client gets it.</summary>
/// <param name="Endpoint">Where the service is.</param>
/// <param name="AccessKey">The access key; an account id where signatures aren't checked.</param>
/// <param name="Secret">Its secret.</param>
/// <param name="Region">The region.</param>
/// <param name="Calls">The calls, in their order.</param>
internal sealed record Job(Uri Endpoint, string AccessKey, string Secret, string Region, IReadOnlyList<JobCall> Calls);

/// <summary>One call of a case.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Parameters">Its parameters, as the model names them.</param>
/// <param name="Headers">What is sent besides.</param>
internal sealed record JobCall(
    string Operation,
    JsonObject Parameters,
    IReadOnlyDictionary<string, string> Headers);
