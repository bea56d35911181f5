namespace Tally.Emulator.Pages;

/// <summary>The page around the sections. It has no scripts and loads nothing.</summary>
internal sealed class EmulatorPage(IEnumerable<IPageSection> sections)
{
    public PageForm? FindForm(string name, out IPageSection? owner)
    {
        owner = sections.FirstOrDefault(section => section.Forms.ContainsKey(name));
        return owner?.Forms[name];
    }

    /// <summary>Answers with the page; mistakes in a form that was sent come first.</summary>
    public async Task WriteAsync(HttpContext http, IReadOnlyList<string> mistakes)
    {
        var page = new HtmlPage("AWS Marketplace metering emulator")
        {
            Status = mistakes.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK,
        };
        var html = page.Body;
        html.Add($"<header><h1>{page.Title}</h1><nav>");
        foreach (var section in sections)
            html.Add($"""<a href="#{section.Id}">{section.Title}</a>""");
        html.Add($"""<a href="/_emulator/openapi.json">API</a></nav></header><main>""");
        foreach (var mistake in mistakes)
            html.Add($"""<p class="bad" role="alert">{mistake}</p>""");
        foreach (var section in sections)
        {
            html.Add($"""<section id="{section.Id}"><h2>{section.Title}</h2>""");
            await section.WriteAsync(html, http.Request.Query, http.RequestAborted);
            html.Add($"</section>");
        }

        html.Add($"</main>");
        await page.ExecuteAsync(http);
    }
}
