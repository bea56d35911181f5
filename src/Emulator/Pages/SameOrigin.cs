namespace Tally.Emulator.Pages;

/// <summary>
/// Keeps other web sites that a browser has open from changing the emulator: what isn't read must come from its own
/// page, or from no page at all, as programs do it.
/// </summary>
internal static class SameOrigin
{
    public static IApplicationBuilder UseSameOrigin(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        var isOurs = http.Request.Path.StartsWithSegments("/_emulator", StringComparison.OrdinalIgnoreCase);
        if (isOurs && !IsRead(http.Request) && IsForeign(http.Request))
        {
            await TypedResults.Problem(
                "A page of another web site may not change anything here.",
                statusCode: StatusCodes.Status403Forbidden,
                title: "Another site.").ExecuteAsync(http);
            return;
        }

        await next(http);
    });

    private static bool IsRead(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    private static bool IsForeign(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site)
            return site is not ("same-origin" or "none");
        return request.Headers.Origin.ToString() is { Length: > 0 } origin
            && !string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }
}
