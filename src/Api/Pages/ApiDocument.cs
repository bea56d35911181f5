using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Tally.Api.Hosting;
using Tally.Domain.Quantities;

namespace Tally.Api.Pages;

/// <summary>Makes the OpenAPI document from what the operations say of themselves.</summary>
internal static class ApiDocument
{
    /// <summary>The document's name, a part of its address.</summary>
    public const string Name = "v1";

    /// <summary>The name of the security scheme.</summary>
    public const string SecurityScheme = "key";

    /// <summary>Adds the document; it holds Tally's operations only, whatever else the application has.</summary>
    /// <param name="services">The application's services.</param>
    public static void AddApiDocument(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json =>
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJsonContext.Default));
        services.AddOpenApi(Name, options =>
        {
            options.ShouldInclude = description => OperationDocument.Find(description) is not null;
            options.AddDocumentTransformer((document, _, _) =>
            {
                Describe(document);
                return Task.CompletedTask;
            });
            options.AddOperationTransformer(OperationDocument.Describe);
            options.AddSchemaTransformer((schema, context, _) =>
            {
                Mend(schema, context.JsonTypeInfo.Type);
                return Task.CompletedTask;
            });
        });
    }

    // What the schema generator can't know: how quantities are written, that numbers in strings are not read here, and
    // that what is null is left out.
    private static void Mend(OpenApiSchema schema, Type type)
    {
        const JsonSchemaType Numbers = JsonSchemaType.Number | JsonSchemaType.Integer;
        if (type == typeof(Quantity))
        {
            schema.Type = JsonSchemaType.Number;
            schema.Properties = null;
            schema.Required = null;
            schema.Description = "An exact decimal number with at most six decimals.";
            schema.Examples = [JsonValue.Create(12.5m)];
        }
        else if ((schema.Type & Numbers) != 0)
        {
            schema.Type &= ~JsonSchemaType.String;
            schema.Pattern = null;
        }

        foreach (var (name, property) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>())
        {
            if (property.Type is { } types && types.HasFlag(JsonSchemaType.Null))
            {
                schema.Required?.Remove(name);
            }
        }
    }

    private static void Describe(OpenApiDocument document)
    {
        document.Info = new()
        {
            Title = "Tally",
            Version = Name,
            Description =
                "Counts usage events exactly once, adds them up per customer, dimension and hour, and delivers the "
                + "hourly records to AWS Marketplace.\n\nErrors are problem details (RFC 9457) with a stable `code`. "
                + "After a 503, or without an answer, send the same request again: nothing counts twice.",
        };
        document.Servers = [];
        document.Tags = new HashSet<OpenApiTag>
        {
            new() { Name = "Events", Description = "What applications send." },
            new() { Name = "Products", Description = "What is metered, and how." },
            new() { Name = "Customers", Description = "Who uses it, and how much." },
            new() { Name = "Delivery", Description = "What AWS Marketplace has, and what it has not." },
            new() { Name = "Keys", Description = "Who may do what." },
            new() { Name = "Tenants", Description = "For the platform's operator." },
        };
        document.Components ??= new();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [SecurityScheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "An API key. What it may do is said by its scopes: ingest, read, admin, platform.",
            },
        };
    }
}
