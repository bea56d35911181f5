using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scalar.AspNetCore;

namespace Tally.Api.Pages;

/// <summary>The pages for people.</summary>
internal static class PageEndpoints
{
    private const string Home =
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <title>Tally</title>
          <style>
            :root { color-scheme: light dark; font-family: system-ui, sans-serif; line-height: 1.6; }
            body { max-width: 40rem; margin: 4rem auto; padding: 0 1rem; }
            h1 { font-size: 1.5rem; }
          </style>
        </head>
        <body>
          <main>
            <h1>Tally</h1>
            <p>Usage metering for AWS Marketplace: every event counted once, every hour delivered in time.</p>
            <ul>
              <li><a href="docs/">API reference</a></li>
              <li><a href="openapi/v1.json">OpenAPI document</a></li>
              <li><a href="health/ready">Is it ready?</a> <a href="health/live">Is it alive?</a></li>
            </ul>
          </main>
        </body>
        </html>
        """;

    /// <summary>Maps <c>/</c>, <c>/docs</c> and <c>/openapi/v1.json</c>.</summary>
    /// <param name="routes">The application's routes.</param>
    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            return context.Response.WriteAsync(Home, context.RequestAborted);
        }).ExcludeFromDescription();
        routes.MapOpenApi($"/openapi/{ApiDocument.Name}.json");

        // All that the page loads comes from here: it is meant for closed networks, too.
        routes.MapScalarApiReference("/docs", options => options
            .WithTitle("Tally")
            .AddDocument(ApiDocument.Name, routePattern: "openapi/{documentName}.json")
            .DisableDefaultFonts()
            .DisableTelemetry()
            .DisableAgent()
            .DisableMcp());
    }
}
