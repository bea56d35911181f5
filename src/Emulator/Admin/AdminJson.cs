using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tally.Emulator.Admin;

/// <summary>The JSON of the emulator's own endpoints: camel case, and no member that nobody knows.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    NumberHandling = JsonNumberHandling.Strict,
    Converters = [typeof(SubscriptionStateJson)])]
[JsonSerializable(typeof(ProductDeclaration))]
[JsonSerializable(typeof(Dictionary<string, ProductDeclaration>))]
[JsonSerializable(typeof(FaultPlan))]
[JsonSerializable(typeof(IReadOnlyList<RecordedCall>))]
[JsonSerializable(typeof(IReadOnlyList<MeteredAllocation>))]
[JsonSerializable(typeof(OpenPoints))]
[JsonSerializable(typeof(ClockRequest))]
[JsonSerializable(typeof(ClockReply))]
[JsonSerializable(typeof(TokenRequest))]
[JsonSerializable(typeof(TokenReply))]
internal sealed partial class AdminJson : JsonSerializerContext;
