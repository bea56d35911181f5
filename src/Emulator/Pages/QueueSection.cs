using Tally.Emulator.Queues;

namespace Tally.Emulator.Pages;

/// <summary>The queues of every account, and how much is in them.</summary>
internal sealed class QueueSection(MessageQueues queues) : IPageSection
{
    public string Id => "queues";

    public string Title => "Queues";

    public IReadOnlyDictionary<string, PageForm> Forms =>
        new Dictionary<string, PageForm>(StringComparer.Ordinal) { ["queue-purge"] = PurgeAsync };

    public Task WriteAsync(HtmlWriter html, IQueryCollection query, CancellationToken cancellationToken)
    {
        var shown = queues.List().ToList();
        html.AddTable(["Account", "Queue", "To be received", "Hidden", ""], shown.Count == 0, () =>
        {
            foreach (var queue in shown)
                Write(html, queue);
        });
        return Task.CompletedTask;
    }

    private void Write(HtmlWriter html, Queue queue)
    {
        var (visible, hidden) = queues.Count(queue);
        html.Add($"<tr><td>{queue.AccountId}</td><td>{queue.Name}<br /><small><code>{queue.Arn}</code></small></td>");
        html.Add($"""<td class="number">{visible}</td><td class="number">{hidden}</td><td>""");
        html.AddForm("queue-purge", () => html.Add(
            $"""
            <input type="hidden" name="account" value="{queue.AccountId}" />
            <input type="hidden" name="queue" value="{queue.Name}" /><button class="plain">Purge</button>
            """));
        html.Add($"</td></tr>");
    }

    private async Task<IReadOnlyList<string>> PurgeAsync(IFormCollection fields)
    {
        var (account, name) = (fields["account"].ToString(), fields["queue"].ToString());
        if (queues.Find(account, name) is not { } queue) return [$"'{name}' is no queue of the account {account}."];
        await queues.PurgeAsync(queue);
        return [];
    }
}
