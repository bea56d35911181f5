using Tally.Emulator.Subscriptions;

namespace Tally.Emulator.Pages;

/// <summary>The agreements of buyers, newest first, and every step in their life.</summary>
internal sealed class AgreementSection(AgreementLog log, AgreementBook book, AgreementOrders orders) : IPageSection
{
    private const int ShownMax = 100;

    public string Id => "agreements";

    public string Title => "Agreements";

    public IReadOnlyDictionary<string, PageForm> Forms => new Dictionary<string, PageForm>(StringComparer.Ordinal)
    {
        ["agreement"] = SubscribeAsync,
        ["agreement-step"] = StepAsync,
    };

    public Task WriteAsync(HtmlWriter html, IQueryCollection query, CancellationToken cancellationToken)
    {
        var shown = log.ListAgreements().Reverse().Take(ShownMax).ToList();
        html.AddTable(
            ["Agreement", "Product", "Buyer", "State", "Times (UTC)", "Steps"],
            shown.Count == 0,
            () => shown.ForEach(agreement => WriteRow(html, agreement)));
        html.Add($"<h3>A buyer subscribes</h3>");
        html.AddForm("agreement", () =>
        {
            html.AddField("Account", "account", EmulatorOptions.DefaultAccountId);
            html.AddField("Product code", "code");
            html.AddField("Buyer's AWS account", "buyer");
            html.AddField("Customer identifier, else a new one", "identifier");
            html.AddField("Ends (UTC), else never", "endsAt");
            html.AddCheck("free trial", "isFreeTrial");
            html.AddCheck("payment fails", "fails");
            html.Add($"<button>Subscribe</button>");
        });
        return Task.CompletedTask;
    }

    private static void WriteRow(HtmlWriter html, Agreement agreement)
    {
        html.Add($"<tr><td>{agreement.Id}<br /><small><code>{agreement.LicenseArn}</code></small></td>");
        html.Add($"<td>{agreement.ProductCode}<br /><small>{agreement.SellerAccountId}</small></td>");
        html.Add($"<td>{agreement.BuyerAccountId}<br /><small>{agreement.CustomerIdentifier}</small></td>");
        html.Add($"<td>{WordOf(agreement.State)}");
        if (agreement.IsFreeTrial) html.Add($"<br /><small>free trial</small>");
        html.Add($"</td><td>accepted {agreement.AcceptedAt}");
        if (agreement.EndsAt is not null) html.Add($"<br />ends {agreement.EndsAt}");
        if (agreement.FlushUntil is not null) html.Add($"<br />records until {agreement.FlushUntil}");
        html.Add($"</td><td>");
        WriteSteps(html, agreement);
        html.Add($"</td></tr>");
    }

    private static void WriteSteps(HtmlWriter html, Agreement agreement)
    {
        if (agreement.State is AgreementState.Failed) return;
        html.Add($"""<a href="/_emulator/fulfillment/{agreement.Id}">set up the account</a>""");
        if (agreement.State is AgreementState.Ended) return;
        html.AddForm("agreement-step", () =>
        {
            html.Add($"""<input type="hidden" name="id" value="{agreement.Id}" />""");
            if (agreement.State is AgreementState.UnsubscribePending)
            {
                html.Add(
                    $"""
                    <button name="do" value="resubscribe">Resubscribe</button>
                    <button name="do" value="end" class="plain">End</button>
                    """);
                return;
            }

            html.AddField("Until (UTC), else for ever", "endsAt");
            html.Add(
                $"""
                <button name="do" value="renew">Renew</button>
                <button name="do" value="unsubscribe" class="plain">Unsubscribe</button>
                """);
        });
    }

    private static string WordOf(AgreementState state) => state switch
    {
        AgreementState.Active => "active",
        AgreementState.UnsubscribePending => "unsubscribe-pending",
        AgreementState.Ended => "ended",
        _ => "failed",
    };

    private async Task<IReadOnlyList<string>> SubscribeAsync(IFormCollection fields)
    {
        var (misread, endsAt) = fields.Moment("endsAt");
        if (misread is not null) return [misread];
        var (mistake, _) = await orders.SubscribeAsync(new AgreementRequest
        {
            AccountId = fields.TextOrNull("account"),
            ProductCode = fields.TextOrNull("code"),
            BuyerAccountId = fields.TextOrNull("buyer"),
            CustomerIdentifier = fields.TextOrNull("identifier"),
            IsFreeTrial = fields["isFreeTrial"].Count > 0,
            Fails = fields["fails"].Count > 0,
            EndsAt = endsAt,
        });
        return mistake is null ? [] : [mistake];
    }

    private async Task<IReadOnlyList<string>> StepAsync(IFormCollection fields)
    {
        var (misread, endsAt) = fields.Moment("endsAt");
        if (misread is not null) return [misread];
        var id = fields["id"].ToString();
        try
        {
            switch (fields["do"].ToString())
            {
                case "unsubscribe":
                    _ = await book.UnsubscribeAsync(id);
                    return [];
                case "resubscribe":
                    _ = await book.ResubscribeAsync(id);
                    return [];
                case "end":
                    _ = await book.EndAsync(id);
                    return [];
                case "renew":
                    var (mistake, _) = await orders.RenewAsync(id, endsAt);
                    return mistake is null ? [] : [mistake];
                default:
                    return ["The step must be unsubscribe, resubscribe, end or renew."];
            }
        }
        catch (AgreementStateException refused)
        {
            return [refused.Message];
        }
    }
}
