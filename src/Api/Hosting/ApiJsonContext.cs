using System.Text.Json;
using System.Text.Json.Serialization;
using Tally.Api.Errors;
using Tally.Api.Products;

namespace Tally.Api.Hosting;

/// <summary>How everything but events is written and read as JSON, generated at compile time.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    AllowDuplicateProperties = false,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    PropertyNameCaseInsensitive = false,
    NumberHandling = JsonNumberHandling.Strict,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    Converters = [typeof(QuantityConverter)])]
[JsonSerializable(typeof(ProblemDocument))]
[JsonSerializable(typeof(ProductRequest))]
[JsonSerializable(typeof(ProductAnswer))]
[JsonSerializable(typeof(ProductListAnswer))]
internal sealed partial class ApiJsonContext : JsonSerializerContext;
