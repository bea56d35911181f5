using System.Text.Json;
using System.Text.Json.Serialization;
using Tally.Client.Errors;
using Tally.Client.Sending;

namespace Tally.Client.Hosting;

/// <summary>
/// How answers are read, generated at compile time. Members that are new to this client are passed over.
/// </summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(EventsAnswer))]
[JsonSerializable(typeof(ProblemDocument))]
internal sealed partial class ClientJsonContext : JsonSerializerContext;
