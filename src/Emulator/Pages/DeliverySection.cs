using Tally.Emulator.Notifications;

namespace Tally.Emulator.Pages;

/// <summary>The last deliveries to addresses, newest first.</summary>
internal sealed class DeliverySection(DeliveryLog log) : IPageSection
{
    private const int ShownMax = 50;

    public string Id => "deliveries";

    public string Title => "Deliveries";

    public IReadOnlyDictionary<string, PageForm> Forms { get; } = new Dictionary<string, PageForm>();

    public Task WriteAsync(HtmlWriter html, IQueryCollection query, CancellationToken cancellationToken)
    {
        var shown = log.ListDeliveries().Reverse().Take(ShownMax).ToList();
        html.AddTable(["Delivery", "Address", "State", "Attempts", "Answer", "Body"], shown.Count == 0, () =>
        {
            foreach (var delivery in shown)
                Write(html, delivery);
        });
        return Task.CompletedTask;
    }

    private static void Write(HtmlWriter html, Delivery delivery)
    {
        html.Add($"<tr><td>{delivery.Id}</td><td>{delivery.Url.AbsoluteUri}</td><td>{delivery.State}</td>");
        html.Add($"""<td class="number">{delivery.Attempts}</td><td>{delivery.LastStatus}""");
        if (delivery.LastError is { } error) html.Add($"""<span class="bad">{error}</span>""");
        html.Add($"</td><td><details><summary>show</summary><pre>{delivery.Body}</pre></details></td></tr>");
    }
}
