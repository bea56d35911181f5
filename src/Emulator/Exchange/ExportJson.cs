using System.Text.Json;
using System.Text.Json.Serialization;
using Tally.Emulator.Clock;

namespace Tally.Emulator.Exchange;

/// <summary>The JSON of an export.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(ExportDocument))]
[JsonSerializable(typeof(ExportedRecord))]
[JsonSerializable(typeof(OpenPoints))]
[JsonSerializable(typeof(ClockSetting))]
internal sealed partial class ExportJson : JsonSerializerContext;
