using System.Text.Json.Serialization;

namespace Tally.Api.Compatibility.Wire;

/// <summary>
/// How AWS JSON is read and written: members by their exact names, null as absent, unknown members passed over.
/// </summary>
[JsonSourceGenerationOptions(
    AllowDuplicateProperties = false,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(BatchMeterUsageRequest))]
[JsonSerializable(typeof(BatchMeterUsageResult))]
[JsonSerializable(typeof(MeterUsageRequest))]
[JsonSerializable(typeof(MeterUsageResult))]
[JsonSerializable(typeof(ResolveCustomerRequest))]
[JsonSerializable(typeof(ResolveCustomerResult))]
[JsonSerializable(typeof(RegisterUsageRequest))]
[JsonSerializable(typeof(RegisterUsageResult))]
[JsonSerializable(typeof(AwsErrorDocument))]
internal sealed partial class AwsJsonContext : JsonSerializerContext;

/// <summary>An error as it is written.</summary>
/// <param name="Type">The error's name.</param>
/// <param name="Message">What is wrong.</param>
internal sealed record AwsErrorDocument(
    [property: JsonPropertyName("__type")] string Type,
    [property: JsonPropertyName("message")] string Message);
