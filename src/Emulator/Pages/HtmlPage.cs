using System.Buffers.Text;
using System.Security.Cryptography;

namespace Tally.Emulator.Pages;

/// <summary>What is around every page: head, style, and what the browser is forbidden. It loads nothing.</summary>
/// <param name="title">What the browser's tab says.</param>
internal sealed class HtmlPage(string title) : IResult
{
    private const string Style =
        """
        :root{color-scheme:light dark;--ink:light-dark(#1d2733,#dde4ec);--soft:light-dark(#5d6b7a,#93a1b0);
        --page:light-dark(#f6f7f9,#14181d);--card:light-dark(#fff,#1c2229);--line:light-dark(#e1e6eb,#2c343d);
        --accent:light-dark(#1f5fa8,#7db3ee);--bad:light-dark(#a3262a,#f19a9c)}
        *{box-sizing:border-box}
        body{margin:0;background:var(--page);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
        header,main{max-width:70rem;margin:0 auto;padding:1rem}
        h1{font-size:1.3rem;margin:.3rem 0}h2{font-size:1.05rem;margin:0 0 .8rem}
        h3{font-size:.95rem;margin:1rem 0 .3rem}
        nav{display:flex;flex-wrap:wrap;gap:0 1rem}a{color:var(--accent)}
        section{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:1rem;margin:0 0 1rem}
        .wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.88rem}
        th,td{text-align:left;padding:.35rem .6rem .35rem 0;border-top:1px solid var(--line);vertical-align:top}
        th{color:var(--soft);font-weight:600;border:0}.number{text-align:right}.none,small{color:var(--soft)}
        code,pre,textarea{font:.82rem/1.45 ui-monospace,monospace;overflow-wrap:anywhere}
        pre{white-space:pre-wrap;margin:.3rem 0;max-width:60rem}
        form{display:flex;flex-wrap:wrap;gap:.6rem;align-items:end;margin:.6rem 0}
        label{display:flex;flex-direction:column;font-size:.82rem;color:var(--soft);flex:1 1 10rem}
        label.check{flex-direction:row;flex:0 0 auto;gap:.4rem;align-items:center}
        input,select,textarea,button{font-size:.9rem;padding:.4rem .5rem;border:1px solid var(--line);border-radius:5px;
        background:var(--page);color:var(--ink)}textarea{width:100%;min-height:9rem}label.all{flex-basis:100%}
        button{background:var(--accent);color:var(--card);border-color:var(--accent);cursor:pointer}
        button.plain{background:none;color:var(--accent)}.bad{color:var(--bad)}
        """;

    private readonly string _nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));

    public string Title => title;

    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>What is between the tags of the body.</summary>
    public HtmlWriter Body { get; } = new();

    /// <summary>A script of the emulator's own, without values in it; null: none may run.</summary>
    public string? Script { get; init; }

    /// <summary>
    /// Whether its form goes to another address. Which one isn't said to the browser, since that would also forbid
    /// the address to send it on, to where people sign in for example; the form's address is encoded, as all is.
    /// </summary>
    public bool LeadsElsewhere { get; init; }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var html = new HtmlWriter();
        html.Add(
            $"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <title>{title}</title><style nonce="{_nonce}">
            """);
        _ = html.Text.Append(Style);
        html.Add($"</style></head><body>");
        _ = html.Text.Append(Body.Text);
        if (Script is not null)
        {
            html.Add($"""<script nonce="{_nonce}">""");
            _ = html.Text.Append(Script);
            html.Add($"</script>");
        }

        html.Add($"</body></html>");
        WriteHeaders(httpContext.Response.Headers);
        httpContext.Response.StatusCode = Status;
        httpContext.Response.ContentType = "text/html; charset=utf-8";
        return httpContext.Response.WriteAsync(html.Text.ToString(), httpContext.RequestAborted);
    }

    private void WriteHeaders(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src 'nonce-{_nonce}'; "
            + (Script is null ? string.Empty : $"script-src 'nonce-{_nonce}'; ")
            + $"form-action {(LeadsElsewhere ? "http: https:" : "'self'")}; base-uri 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        // With same-origin a browser would hide from the other address where the form comes from.
        headers["Referrer-Policy"] = LeadsElsewhere ? "strict-origin" : "same-origin";
        headers.CacheControl = "no-store";
    }
}
