using System.Text.Json.Serialization;

namespace Tally.Emulator.Admin;

/// <summary>Reads modes by their names alone, not by numbers.</summary>
internal sealed class MeterUsageModeJson()
    : JsonStringEnumConverter<MeterUsageMode>(namingPolicy: null, allowIntegerValues: false);
