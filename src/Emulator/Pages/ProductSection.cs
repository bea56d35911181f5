using Tally.Emulator.Catalogue;
using Tally.Emulator.Rules;
using Tally.Emulator.State;

namespace Tally.Emulator.Pages;

/// <summary>The products of every account with their customers and licences.</summary>
internal sealed class ProductSection(SellerCatalogue catalogue, IEmulatorState state) : IPageSection
{
    /// <summary>How many customers and licences of a product are shown.</summary>
    private const int ShownMax = 200;

    public string Id => "products";

    public string Title => "Products";

    public IReadOnlyDictionary<string, PageForm> Forms => new Dictionary<string, PageForm>(StringComparer.Ordinal)
    {
        ["product"] = DeclareAsync,
        ["subscription"] = SubscribeAsync,
    };

    public Task WriteAsync(HtmlWriter html, IQueryCollection query, CancellationToken cancellationToken)
    {
        var products = catalogue.ListProducts().ToList();
        html.AddTable(
            ["Account", "Product", "Dimensions", "Customers", "Licences"],
            products.Count == 0,
            () => products.ForEach(product => WriteRow(html, product)));
        WriteForms(html);
        return Task.CompletedTask;
    }

    private static void WriteForms(HtmlWriter html)
    {
        html.Add($"<h3>Declare a product</h3>");
        html.AddForm("product", () =>
        {
            html.AddField("Account", "account", EmulatorOptions.DefaultAccountId);
            html.AddField("Product code", "code");
            html.AddField("Dimensions, with commas", "dimensions");
            html.AddCheck("open to all", "openToAll");
            html.Add($"<button>Declare</button>");
        });
        html.Add($"<h3>A customer's subscription</h3>");
        html.AddForm("subscription", () =>
        {
            html.AddField("Account", "account", EmulatorOptions.DefaultAccountId);
            html.AddField("Product code", "code");
            html.AddField("Customer identifier or account", "customer");
            html.Add(
                $"""
                <button name="state" value="subscribed">Subscribe</button>
                <button class="plain" name="state" value="unsubscribed">Unsubscribe</button>
                """);
        });
    }

    private void WriteRow(HtmlWriter html, Product product)
    {
        html.Add($"<tr><td>{product.AccountId}</td><td>{product.Code}");
        if (product.OpenToAll) html.Add($"<br /><small>open to all</small>");
        html.Add($"</td><td>{string.Join(", ", product.Dimensions)}</td><td>");
        foreach (var (customer, subscription) in catalogue.ListSubscriptions(product).Take(ShownMax))
        {
            var word = subscription.State is SubscriptionState.Subscribed ? "subscribed" : "unsubscribed";
            html.Add($"<div>{customer} <small>{word}</small></div>");
        }

        html.Add($"</td><td>");
        foreach (var license in catalogue.ListLicenses(product).Take(ShownMax))
            html.Add($"<div><code>{license.Arn}</code> <small>{license.AccountId}</small></div>");
        html.Add($"</td></tr>");
    }

    private async Task<IReadOnlyList<string>> DeclareAsync(IFormCollection fields)
    {
        var (account, code) = (fields["account"].ToString(), fields["code"].ToString());
        var known = catalogue.FindProduct(account, code);
        var declaration = new ProductDeclaration
        {
            Dimensions = fields["dimensions"].ToString()
                .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            OpenToAll = fields["openToAll"].Count > 0,
            Regions = known?.Regions,
            ConcurrentAgreements = known?.HasConcurrentAgreements ?? false,
            MeterUsage = known?.MeterUsage ?? default,
            Platforms = known?.Platforms,
            Title = known?.Title,
            RegistrationUrl = known?.RegistrationUrl,
        };
        var mistakes = declaration.Mistakes(code).ToList();
        if (!Constraints.IsAccountId(account)) mistakes.Add($"The account '{account}' must be 1 to 255 digits.");
        if (mistakes.Count == 0) await catalogue.DeclareAsync(account, code, declaration);
        return mistakes;
    }

    private async Task<IReadOnlyList<string>> SubscribeAsync(IFormCollection fields)
    {
        var code = fields["code"].ToString();
        if (catalogue.FindProduct(fields["account"].ToString(), code) is not { } product)
            return [$"'{code}' is not a declared product of that account."];
        var customer = fields["customer"].ToString();
        if (customer.Length is 0 or > 255) return ["A customer must have 1 to 255 characters."];
        var said = fields["state"].ToString() switch
        {
            "subscribed" => SubscriptionState.Subscribed,
            "unsubscribed" => SubscriptionState.Unsubscribed,
            _ => (SubscriptionState?)null,
        };
        if (said is null) return ["The state must be subscribed or unsubscribed."];
        await state.SaveAsync([catalogue.Put(product, customer, new Subscription(said.Value))]);
        return [];
    }
}
