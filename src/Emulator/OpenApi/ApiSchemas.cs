using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace Tally.Emulator.OpenApi;

/// <summary>The schemas of the types in the document, as they are written and read.</summary>
internal sealed class ApiSchemas
{
    private const string ProblemName = "ProblemDetails";

    private static readonly JsonSchemaExporterOptions ExporterOptions = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = (context, schema) => OwnSchema(context.TypeInfo.Type) ?? schema,
    };

    private readonly SortedDictionary<string, JsonNode> _schemas = new(StringComparer.Ordinal)
    {
        [ProblemName] = JsonNode.Parse(
            """
            {"type":"object","description":"RFC 9457.","properties":{"type":{"type":"string"},
             "title":{"type":"string"},"status":{"type":"integer"},"detail":{"type":"string"}}}
            """)!,
    };

    public static JsonObject Problem => Reference(ProblemName);

    /// <summary>A reference to the type's schema, which is added if it isn't there yet.</summary>
    public JsonObject Of(JsonTypeInfo type)
    {
        if (type.ElementType is { } element && type.Kind is JsonTypeInfoKind.Enumerable)
            return new JsonObject { ["type"] = "array", ["items"] = Of(type.Options.GetTypeInfo(element)) };
        var name = type.Type.Name;
        if (!_schemas.ContainsKey(name)) _schemas[name] = type.GetJsonSchemaAsNode(ExporterOptions);
        return Reference(name);
    }

    public JsonObject ToJson() =>
        new(_schemas.Select(schema => KeyValuePair.Create<string, JsonNode?>(schema.Key, schema.Value.DeepClone())));

    private static JsonObject Reference(string name) => new() { ["$ref"] = $"#/components/schemas/{name}" };

    // Types that read and write themselves tell nothing of their form.
    private static JsonNode? OwnSchema(Type type)
    {
        if (type == typeof(CallQuotas))
        {
            return JsonNode.Parse(
                """
                {"oneOf":[{"const":"aws"},{"type":"object","additionalProperties":{"type":"number","minimum":0}}]}
                """);
        }

        return type == typeof(DisabledOperations)
            ? JsonNode.Parse("""{"oneOf":[{"type":"boolean"},{"type":"array","items":{"type":"string"}}]}""")
            : null;
    }
}
