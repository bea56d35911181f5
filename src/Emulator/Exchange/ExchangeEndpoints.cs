using Microsoft.AspNetCore.Http.Features;
using Tally.Emulator.Admin;

namespace Tally.Emulator.Exchange;

/// <summary>Everything that is remembered, to take along and to bring back.</summary>
internal sealed class ExchangeEndpoints(StateExchange exchange) : IAdminModule
{
    private const long BodyBytesMax = 1024L * 1024 * 1024;

    public void Map(IEndpointRouteBuilder routes)
    {
        var admin = routes.MapGroup("/_emulator");
        _ = admin.MapGet("/export", (Delegate)ExportAsync);
        _ = admin.MapPost("/import", (Delegate)ImportAsync);
    }

    private Task ExportAsync(HttpContext http)
    {
        http.Response.ContentType = "application/json";
        return exchange.ExportAsync(http.Response.BodyWriter, http.RequestAborted);
    }

    private async Task<IResult> ImportAsync(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = BodyBytesMax;
        var mistakes = await exchange.ImportAsync(http.Request.Body, http.RequestAborted);
        return mistakes.Count > 0 ? AdminBody.Mistaken(mistakes) : TypedResults.NoContent();
    }
}
