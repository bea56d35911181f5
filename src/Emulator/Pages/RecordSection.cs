using Tally.Emulator.State;

namespace Tally.Emulator.Pages;

/// <summary>The records received, by the hours of their usage.</summary>
internal sealed class RecordSection(IEmulatorState state) : IPageSection
{
    private const int ShownMax = 200;
    private static readonly string[] Filters = ["product", "customer", "account", "region"];

    public string Id => "records";

    public string Title => "Records";

    public IReadOnlyDictionary<string, PageForm> Forms { get; } = new Dictionary<string, PageForm>();

    public async Task WriteAsync(HtmlWriter html, IQueryCollection query, CancellationToken cancellationToken)
    {
        html.Add($"""<form method="get" action="/_emulator#records">""");
        foreach (var name in Filters)
            html.AddField(name, name, query[name]);
        html.Add($"<button>Show</button></form>");
        var (count, shown) = await LastAsync(query, cancellationToken);
        html.Add($"<p><small>{count} records; the last {shown.Count}, by hour (UTC)</small></p>");
        var hours = shown.GroupBy(record => HourOf(record.Timestamp)).OrderByDescending(hour => hour.Key);
        html.AddTable(
            ["Hour", "Account, region", "Product", "Customer", "Dimension", "Quantity", "Record id"],
            shown.Count == 0,
            () =>
            {
                foreach (var hour in hours)
                    WriteHour(html, hour);
            });
    }

    private static void WriteHour(HtmlWriter html, IGrouping<DateTimeOffset, MeteredRecord> hour)
    {
        foreach (var record in hour)
        {
            var customer = record.CustomerIdentifier ?? record.CustomerAWSAccountId;
            html.Add($"<tr><td>{hour.Key}</td><td>{record.AccountId}<br /><small>{record.Region}</small></td>");
            html.Add($"<td>{record.ProductCode}</td><td>{customer}");
            if (record.ResourceId is { } resource) html.Add($"<br /><small>{resource}</small>");
            if (record.LicenseArn is { } license) html.Add($"<br /><small>{license}</small>");
            html.Add($"""</td><td>{record.Dimension}</td><td class="number">{record.Quantity}</td>""");
            html.Add($"<td><code>{record.MeteringRecordId}</code></td></tr>");
        }
    }

    private async Task<(long Count, IReadOnlyList<MeteredRecord> Last)> LastAsync(
        IQueryCollection query,
        CancellationToken cancellationToken)
    {
        var filter = new RecordFilter
        {
            ProductCode = OrNull(query["product"]),
            Customer = OrNull(query["customer"]),
            AccountId = OrNull(query["account"]),
            Region = OrNull(query["region"]),
        };
        var (count, last) = (0L, new Queue<MeteredRecord>());
        await foreach (var (_, record) in state.ListAsync(filter, cancellationToken))
        {
            count++;
            last.Enqueue(record);
            if (last.Count > ShownMax) _ = last.Dequeue();
        }

        return (count, [.. last]);
    }

    private static DateTimeOffset HourOf(DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);

    private static string? OrNull(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
