using System.Text.Json.Serialization;

namespace Tally.Emulator.Admin;

/// <summary>Reads states by their names alone, not by numbers.</summary>
internal sealed class SubscriptionStateJson()
    : JsonStringEnumConverter<SubscriptionState>(namingPolicy: null, allowIntegerValues: false);
