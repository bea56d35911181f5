using System.Text.Json.Serialization;

namespace Tally.Emulator.Subscriptions;

/// <summary>Reads states by their names alone, not by numbers.</summary>
internal sealed class AgreementStateJson()
    : JsonStringEnumConverter<AgreementState>(namingPolicy: null, allowIntegerValues: false);
