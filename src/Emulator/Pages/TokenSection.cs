using Tally.Emulator.Admin;
using Tally.Emulator.Catalogue;

namespace Tally.Emulator.Pages;

/// <summary>The registration tokens that were given out, the longest living first.</summary>
internal sealed class TokenSection(RegistrationTokens tokens, TokenIssue issue) : IPageSection
{
    private const int ShownMax = 20;

    public string Id => "tokens";

    public string Title => "Registration tokens";

    public IReadOnlyDictionary<string, PageForm> Forms =>
        new Dictionary<string, PageForm>(StringComparer.Ordinal) { ["token"] = IssueAsync };

    public Task WriteAsync(HtmlWriter html, IQueryCollection query, CancellationToken cancellationToken)
    {
        var shown = tokens.List().OrderByDescending(token => token.Value.ExpiresAt).Take(ShownMax).ToList();
        html.AddTable(["Token", "Product", "Customer", "Expires (UTC)"], shown.Count == 0, () =>
        {
            foreach (var (token, customer) in shown)
            {
                var name = customer.CustomerIdentifier ?? customer.CustomerAWSAccountId;
                html.Add($"<tr><td><code>{token}</code></td><td>{customer.ProductCode}</td><td>{name}</td>");
                html.Add($"<td>{customer.ExpiresAt}</td></tr>");
            }
        });
        html.AddForm("token", () =>
        {
            html.AddField("Account", "account", EmulatorOptions.DefaultAccountId);
            html.AddField("Product code", "code");
            html.AddField("Customer identifier", "identifier");
            html.AddField("Customer's AWS account", "customerAccount");
            html.AddField("Licence ARN", "license");
            html.Add($"<button>Issue a token</button>");
        });
        return Task.CompletedTask;
    }

    private async Task<IReadOnlyList<string>> IssueAsync(IFormCollection fields)
    {
        var (mistake, _) = await issue.IssueAsync(new TokenRequest
        {
            AccountId = fields.TextOrNull("account"),
            ProductCode = fields.TextOrNull("code"),
            CustomerIdentifier = fields.TextOrNull("identifier"),
            CustomerAWSAccountId = fields.TextOrNull("customerAccount"),
            LicenseArn = fields.TextOrNull("license"),
        });
        return mistake is null ? [] : [mistake];
    }
}
