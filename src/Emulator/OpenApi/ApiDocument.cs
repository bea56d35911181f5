using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;

namespace Tally.Emulator.OpenApi;

/// <summary>Puts the OpenAPI document of the emulator's own endpoints together.</summary>
internal static partial class ApiDocument
{
    public static JsonObject Of(IEnumerable<ApiOperation> operations)
    {
        var schemas = new ApiSchemas();
        var paths = new JsonObject();
        foreach (var path in operations.GroupBy(operation => operation.Path, StringComparer.Ordinal))
        {
            paths[path.Key] = new JsonObject(path.Select(operation => KeyValuePair.Create<string, JsonNode?>(
                operation.Method.ToLowerInvariant(), OperationOf(operation, schemas))));
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "AWS Marketplace metering emulator",
                ["version"] = "1",
                ["description"] = "What only an emulator has. The service itself is POST / in AWS JSON 1.1.",
            },
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = schemas.ToJson() },
        };
    }

    private static JsonObject OperationOf(ApiOperation operation, ApiSchemas schemas)
    {
        var json = new JsonObject { ["summary"] = operation.Summary, ["parameters"] = ParametersOf(operation) };
        if (operation.Request is { } request)
        {
            json["requestBody"] = new JsonObject
            {
                ["required"] = !operation.IsRequestOptional,
                ["content"] = ContentOf(
                    operation.RequestMediaType, schemas.Of(request), JsonNode.Parse(operation.RequestExample!)),
            };
        }

        json["responses"] = ResponsesOf(operation, schemas);
        return json;
    }

    private static JsonArray ParametersOf(ApiOperation operation) =>
    [
        .. PathParameter().Matches(operation.Path)
            .Select(parameter => Parameter(parameter.Groups["name"].Value, "path", null)),
        .. operation.Query.Select(parameter => Parameter(parameter.Name, "query", parameter.Meaning)),
    ];

    private static JsonObject Parameter(string name, string place, string? meaning)
    {
        var parameter = new JsonObject
        {
            ["name"] = name,
            ["in"] = place,
            ["required"] = place is "path",
            ["schema"] = new JsonObject { ["type"] = "string" },
        };
        if (meaning is not null) parameter["description"] = meaning;
        return parameter;
    }

    private static JsonObject ResponsesOf(ApiOperation operation, ApiSchemas schemas)
    {
        var done = new JsonObject { ["description"] = ReasonPhrases.GetReasonPhrase(operation.Status) };
        if (operation.ResponseMediaType is { } mediaType)
        {
            var schema = operation.Response is { } type ? schemas.Of(type) : new JsonObject { ["type"] = "string" };
            var example = operation.ResponseExample is { } text && operation.Response is not null
                ? JsonNode.Parse(text)
                : operation.ResponseExample;
            done["content"] = ContentOf(mediaType, schema, example);
        }

        var responses = new JsonObject { [operation.Status.ToString(CultureInfo.InvariantCulture)] = done };
        foreach (var status in operation.Errors)
        {
            responses[status.ToString(CultureInfo.InvariantCulture)] = new JsonObject
            {
                ["description"] = ReasonPhrases.GetReasonPhrase(status),
                ["content"] = ContentOf("application/problem+json", ApiSchemas.Problem, null),
            };
        }

        return responses;
    }

    private static JsonObject ContentOf(string mediaType, JsonObject schema, JsonNode? example)
    {
        var content = new JsonObject { ["schema"] = schema };
        if (example is not null) content["example"] = example;
        return new JsonObject { [mediaType] = content };
    }

    [GeneratedRegex(@"\{(?<name>[^}]+)\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex PathParameter();
}
