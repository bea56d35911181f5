using Tally.Emulator.Admin;

namespace Tally.Emulator.Pages;

/// <summary>The page, and where its forms are sent to.</summary>
internal sealed class PageEndpoints(EmulatorPage page) : IAdminModule
{
    public void Map(IEndpointRouteBuilder routes)
    {
        _ = routes.MapGet("/", Redirect);
        _ = routes.MapGet("/_emulator", (Delegate)(Func<HttpContext, Task>)(http => page.WriteAsync(http, [])));
        _ = routes.MapPost("/_emulator/forms/{name}", (Delegate)SendAsync);
    }

    /// <summary>Only browsers are sent to the page; the service itself has nothing at this address to get.</summary>
    private static IResult Redirect(HttpContext http) =>
        http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
            ? TypedResults.Redirect("/_emulator")
            : TypedResults.StatusCode(StatusCodes.Status405MethodNotAllowed);

    private async Task<IResult> SendAsync(HttpContext http, string name)
    {
        if (page.FindForm(name, out var section) is not { } form)
        {
            return TypedResults.Problem(
                $"There is no form '{name}'.", statusCode: StatusCodes.Status404NotFound, title: "Not found.");
        }

        if (!http.Request.HasFormContentType) return AdminBody.Mistaken(["The body must be the fields of a form."]);
        var mistakes = await form(await http.Request.ReadFormAsync(http.RequestAborted));
        if (mistakes.Count == 0) return new SeeOther($"/_emulator#{section!.Id}");
        await page.WriteAsync(http, mistakes);
        return TypedResults.Empty;
    }

    /// <summary>Sends the browser to get the page, so that reloading sends nothing twice.</summary>
    private sealed class SeeOther(string address) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = address;
            return Task.CompletedTask;
        }
    }
}
