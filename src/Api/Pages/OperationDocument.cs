using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Tally.Api.Errors;
using Tally.Api.Hosting;

namespace Tally.Api.Pages;

/// <summary>Describes one operation in the OpenAPI document.</summary>
internal static class OperationDocument
{
    private static readonly FrozenDictionary<string, string> Parameters = new Dictionary<string, string>
    {
        ["product"] = "The product code; characters that paths can't hold are percent-encoded, also slashes.",
        ["customer"] = "The customer; characters that paths can't hold are percent-encoded, also slashes.",
        ["tenant"] = "The tenant's name: 1 to 63 lower-case letters, digits and hyphens.",
        ["id"] = "The key's id.",
        ["after"] = "The name or sequence to start behind; left out for the first page.",
        ["limit"] = "How many at most; the description has the range and the default.",
        ["dimension"] = "The dimension that the record's events named; percent-encoded like the customer.",
        ["hour"] = "The start of the record's hour, for example 2026-11-22T10:00:00Z.",
        ["from"] = "The start of the first hour, for example 2026-11-22T10:00:00Z.",
        ["to"] = "The end of the last hour: where the first one starts that isn't wanted.",
        ["kind"] = "What happened; the description has the words.",
        ["meteringRecordId"] = "AWS's receipt.",
        ["format"] = "csv or jsonl.",
        ["evidence"] = "emulator, cloudtrail or seller_report.",
        ["by"] = "hour, or day to compare sums of days.",
        ["customers"] = "compare, or ignore to compare sums over all customers.",
        ["period"] = "The length of a metering hour as the emulator has it; with AWS always 01:00:00.",
        ["differences"] = "How many differences are shown.",
        ["dimensionColumn"] = "The report's column of the dimension.",
        ["quantityColumn"] = "The report's column of the quantity.",
        ["timeColumn"] = "The report's column of the hour or day.",
        ["customerIdentifierColumn"] = "The report's column of the customer identifier.",
        ["accountColumn"] = "The report's column of the buyer's AWS account id.",
        ["licenseColumn"] = "The report's column of the licence.",
        ["productColumn"] = "The report's column of the product code.",
        ["receiptColumn"] = "The report's column of AWS's receipt.",
        ["state"] = "The state of the records; the description has the words.",
    }.ToFrozenDictionary();

    /// <summary>Finds what an endpoint says of itself.</summary>
    /// <param name="description">The endpoint.</param>
    /// <returns>The operation; null when the endpoint is none of Tally's.</returns>
    public static ApiOperation? Find(ApiDescription description) =>
        description.ActionDescriptor.EndpointMetadata.OfType<ApiOperation>().FirstOrDefault();

    /// <summary>Describes an operation.</summary>
    /// <param name="document">What to fill.</param>
    /// <param name="context">Which operation it is.</param>
    /// <param name="stop">When to give up.</param>
    /// <returns>A task that completes when it is described.</returns>
    public static async Task Describe(
        OpenApiOperation document,
        OpenApiOperationTransformerContext context,
        CancellationToken stop)
    {
        var operation = Find(context.Description)!;
        document.OperationId = operation.Name;
        document.Summary = operation.Summary;
        document.Description = $"{operation.Description}\n\nNeeds a key with the scope `{operation.Scope}`.";
        document.Tags = new HashSet<OpenApiTagReference> { new(operation.Tag, context.Document) };
        document.Security =
        [
            new() { [new OpenApiSecuritySchemeReference(ApiDocument.SecurityScheme, context.Document)] = [] },
        ];
        document.Parameters = [.. PathParameters(operation), .. QueryParameters(operation)];
        document.RequestBody = operation.Request is { } request
            ? Body(operation, await Schema(request, context, stop))
            : RawBody(operation);
        document.Responses = await Responses(operation, context, stop);
    }

    private static IEnumerable<IOpenApiParameter> PathParameters(ApiOperation operation) =>
        from segment in operation.Pattern.Split('/')
        where segment.StartsWith('{')
        select Parameter(segment.Trim('{', '}'), ParameterLocation.Path);

    private static IEnumerable<IOpenApiParameter> QueryParameters(ApiOperation operation) =>
        operation.Query.Select(name => Parameter(name, ParameterLocation.Query));

    private static OpenApiParameter Parameter(string name, ParameterLocation location) => new()
    {
        Name = name,
        In = location,
        Required = location == ParameterLocation.Path,
        Description = Parameters[name],
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };

    // Once in the document, however often it is used.
    private static async Task<IOpenApiSchema> Schema(
        Type type,
        OpenApiOperationTransformerContext context,
        CancellationToken stop)
    {
        var document = context.Document!;
        if (document.Components?.Schemas?.ContainsKey(type.Name) != true)
        {
            document.AddComponent(type.Name, await context.GetOrCreateSchemaAsync(type, null, stop));
        }

        return new OpenApiSchemaReference(type.Name, document);
    }

    private static OpenApiRequestBody? RawBody(ApiOperation operation) => operation.Bodies.Count == 0
        ? null
        : new()
        {
            Required = true,
            Content = operation.Bodies.ToDictionary(type => type, _ => new OpenApiMediaType
            {
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            }),
        };

    private static OpenApiRequestBody Body(ApiOperation operation, IOpenApiSchema schema)
    {
        var example = JsonNode.Parse(operation.RequestExample!);
        var content = new Dictionary<string, OpenApiMediaType>
        {
            ["application/json"] = new() { Schema = schema, Example = example },
        };
        if (example is JsonArray events)
        {
            // One event or many; or one in each line.
            content["application/json"].Schema = new OpenApiSchema
            {
                OneOf = [schema, new OpenApiSchema { Type = JsonSchemaType.Array, Items = schema }],
            };
            content["application/x-ndjson"] = new()
            {
                Schema = schema,
                Example = JsonValue.Create(events[0]!.ToJsonString() + "\n"),
            };
        }

        foreach (var type in operation.Bodies)
        {
            content[type] = new()
            {
                Schema = new OpenApiSchema { Description = "As the content type's specification has it." },
            };
        }

        return new() { Required = true, Content = content };
    }

    private static async Task<OpenApiResponses> Responses(
        ApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken stop)
    {
        var answer = new OpenApiResponse { Description = "Done." };
        if (operation.Answer is { } type)
        {
            answer.Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/json"] = new()
                {
                    Schema = await Schema(type, context, stop),
                    Example = JsonNode.Parse(operation.AnswerExample!),
                },
            };
        }

        var problem = await Schema(typeof(ProblemDocument), context, stop);
        var responses = new OpenApiResponses { [Text(operation.Status)] = answer };
        foreach (var status in ProblemsOf(operation).GroupBy(kind => kind.Status).OrderBy(kinds => kinds.Key))
        {
            responses.Add(Text(status.Key), Response(status, problem));
        }

        return responses;
    }

    private static OpenApiResponse Response(IEnumerable<ProblemCode> kinds, IOpenApiSchema schema) => new()
    {
        Description = string.Join("\n", kinds.Select(kind => $"- `{kind.Code}`: {kind.Title}")),
        Content = new Dictionary<string, OpenApiMediaType>
        {
            ["application/problem+json"] = new()
            {
                Schema = schema,
                Examples = kinds.ToDictionary(
                    kind => kind.Code,
                    IOpenApiExample (kind) => new OpenApiExample { Summary = kind.Title, Value = Example(kind) }),
            },
        },
    };

    private static JsonObject Example(ProblemCode kind) => new()
    {
        ["type"] = ProblemWriter.TypePrefix + kind.Code,
        ["title"] = kind.Title,
        ["status"] = kind.Status,
        ["code"] = kind.Code,
    };

    private static IEnumerable<ProblemCode> ProblemsOf(ApiOperation operation)
    {
        IEnumerable<ProblemCode> common =
        [
            ProblemCode.Unauthenticated, ProblemCode.MissingScope, ProblemCode.InternalError,
            ProblemCode.UsageStoreUnavailable,
        ];
        IEnumerable<ProblemCode> ofPath = operation.Pattern.Contains('{', StringComparison.Ordinal)
            ? [ProblemCode.InvalidParameter]
            : [];
        IEnumerable<ProblemCode> ofBody = operation.Request is null
            ? []
            : [
                ProblemCode.MalformedJson, ProblemCode.MalformedGzip, ProblemCode.BadRequest,
                ProblemCode.RequestTimeout, ProblemCode.BodyTooLarge, ProblemCode.UnsupportedContentType,
                ProblemCode.UnsupportedEncoding,
            ];
        return [.. common.Concat(ofPath).Concat(ofBody).Concat(operation.Problems).Distinct()];
    }

    private static string Text(int status) => status.ToString(CultureInfo.InvariantCulture);
}
