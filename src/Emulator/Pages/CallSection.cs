using Tally.Emulator.Wire;

namespace Tally.Emulator.Pages;

/// <summary>The last calls with their answers, newest first.</summary>
internal sealed class CallSection(CallLog calls) : IPageSection
{
    private const int ShownMax = 50;

    public string Id => "calls";

    public string Title => "Calls";

    public IReadOnlyDictionary<string, PageForm> Forms { get; } = new Dictionary<string, PageForm>();

    public Task WriteAsync(HtmlWriter html, IQueryCollection query, CancellationToken cancellationToken)
    {
        html.Add($"""<form method="get" action="/_emulator#calls">""");
        html.AddField("operation", "operation", query["operation"]);
        html.AddField("account", "caller", query["caller"]);
        html.AddField("error: a code, any or none", "error", query["error"]);
        html.Add($"<button>Show</button></form>");
        var found = calls.List(query["operation"], query["caller"], query["error"]);
        html.AddTable(
            ["Time (UTC)", "Operation", "Caller", "Answer", "Records", "Bodies"],
            found.Count == 0,
            () =>
            {
                foreach (var call in found.Reverse().Take(ShownMax))
                    Write(html, call);
            });
        return Task.CompletedTask;
    }

    private static void Write(HtmlWriter html, RecordedCall call)
    {
        html.Add($"<tr><td>{call.Time}</td><td>{call.Operation}</td><td>{call.AccountId}<br />");
        html.Add($"<small>{call.Region}</small></td><td>{(call.Status == 0 ? "none" : null)}");
        if (call.Status != 0) html.Add($"{call.Status}");
        if (call.Error is { } error) html.Add($"""<br /><span class="bad">{error}</span>""");
        html.Add($"""</td><td class="number">{call.Records}</td><td><details><summary>show</summary>""");
        html.Add($"<pre>{call.Request ?? "(not read)"}</pre><pre>{call.Answer ?? "(none)"}</pre>");
        html.Add($"<small>{call.RequestId}</small></details></td></tr>");
    }
}
