using Tally.Emulator.Notifications;
using Tally.Emulator.Subscriptions;

namespace Tally.Emulator.Pages;

/// <summary>What sellers were told, newest first, and who is told.</summary>
internal sealed class NoticeSection(
    AgreementLog agreements,
    DeliveryLog log,
    NotificationHub hub,
    NotificationOrders orders) : IPageSection
{
    private const int ShownMax = 50;

    public string Id => "notices";

    public string Title => "Notices";

    public IReadOnlyDictionary<string, PageForm> Forms => new Dictionary<string, PageForm>(StringComparer.Ordinal)
    {
        ["notification"] = SubscribeAsync,
        ["notification-end"] = UnsubscribeAsync,
    };

    public Task WriteAsync(HtmlWriter html, IQueryCollection query, CancellationToken cancellationToken)
    {
        var told = agreements.ListNotices().Reverse().Take(ShownMax).ToList();
        html.AddTable(["Time (UTC)", "Seller", "Topic or event", "Message"], told.Count == 0, () =>
        {
            foreach (var notice in told)
            {
                html.Add($"<tr><td>{notice.Time}</td><td>{notice.SellerAccountId}</td>");
                html.Add($"<td><code>{TopicOf(notice.TopicArn)}</code>");
                if (!notice.IsHandedOver) html.Add($"<br /><small>not handed over yet</small>");
                html.Add($"</td><td><details><summary>show</summary><pre>{notice.Message}</pre></details></td></tr>");
            }
        });
        var subscriptions = log.ListSubscriptions().ToList();
        html.Add($"<h3>Who is told</h3>");
        html.AddTable(
            ["Seller", "Topic or event", "Address or queue", "State", ""],
            subscriptions.Count == 0,
            () => subscriptions.ForEach(subscription => WriteRow(html, subscription)));
        WriteForm(html);
        return Task.CompletedTask;
    }

    private static void WriteRow(HtmlWriter html, NotificationSubscription subscription)
    {
        html.Add($"<tr><td>{subscription.AccountId}</td><td><code>{TopicOf(subscription.TopicArn)}</code></td>");
        html.Add($"<td>{subscription.Url?.AbsoluteUri ?? $"queue {subscription.Queue}"}");
        if (subscription.IsRaw) html.Add($"<br /><small>raw</small>");
        html.Add($"</td><td>{(subscription.IsConfirmed ? "confirmed" : "waits for its confirmation")}</td><td>");
        html.AddForm("notification-end", () => html.Add(
            $"""
            <input type="hidden" name="id" value="{subscription.Id}" /><button class="plain">Unsubscribe</button>
            """));
        html.Add($"</td></tr>");
    }

    private static void WriteForm(HtmlWriter html)
    {
        html.Add($"<h3>Subscribe to notices</h3>");
        html.AddForm("notification", () =>
        {
            html.AddField("Account", "account", EmulatorOptions.DefaultAccountId);
            html.AddField("Product code, for a topic; else events", "code");
            html.Add(
                $"""
                <label>Topic<select name="topic"><option>subscription</option><option>entitlement</option></select>
                </label>
                """);
            html.AddField("To this address", "url");
            html.AddField("or to this queue", "queue");
            html.AddCheck("raw", "isRaw");
            html.Add($"<button>Subscribe</button>");
        });
    }

    private static string TopicOf(string? arn) => arn is null ? "events" : arn[(arn.LastIndexOf(':') + 1)..];

    private async Task<IReadOnlyList<string>> SubscribeAsync(IFormCollection fields)
    {
        Uri? url = null;
        if (fields.TextOrNull("url") is { } address && !Uri.TryCreate(address, UriKind.RelativeOrAbsolute, out url))
            return [$"'{address}' is no address."];
        var (mistakes, _) = await orders.SubscribeAsync(new NotificationRequest
        {
            AccountId = fields.TextOrNull("account"),
            ProductCode = fields.TextOrNull("code"),
            Topic = fields.TextOrNull("topic"),
            Url = url,
            Queue = fields.TextOrNull("queue"),
            IsRaw = fields["isRaw"].Count > 0,
        });
        return mistakes;
    }

    private async Task<IReadOnlyList<string>> UnsubscribeAsync(IFormCollection fields) =>
        await hub.UnsubscribeAsync(fields["id"].ToString())
            ? []
            : [$"There is no subscription '{fields["id"]}' to notices."];
}
