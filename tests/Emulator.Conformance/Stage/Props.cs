using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Tally.Emulator.Conformance.Cases;

namespace Tally.Emulator.Conformance.Stage;

/// <summary>Sets an emulator up through its own endpoints: the products and tokens that cases name.</summary>
internal sealed class Props(Uri endpoint) : IDisposable
{
    private const string Customers =
        $$"""{"cust-1":"subscribed","{{Say.Buyer}}":"subscribed","gone":"unsubscribed"}""";

    /// <summary>The products by their codes, in the account of their case; one is another's.</summary>
    private static readonly (string Code, string More)[] Products =
    [
        ("prod-1", $$"""
            "customers":{{Customers}},
            "licenses":{"{{Say.License}}":"{{Say.Buyer}}","{{Say.License}}b":"{{Say.Buyer}}"}
            """),
        ("prod-2", $$"""
            "customers":{{Customers}},"licenses":{"{{Say.OtherLicense}}":"{{Say.Buyer}}"}
            """),
        ("prod-new", $$"""
            "customers":{{Customers}},"concurrentAgreements":true
            """),
        ("prod-eu", $$"""
            "customers":{{Customers}},"regions":["eu-west-1"]
            """),
        ("prod-agent", "\"meterUsage\":\"agentCore\""),
        ("prod-ecs", "\"platforms\":[\"ecs\",\"eks\"]"),
        ("prod-nowhere", "\"platforms\":[]"),
        (Say.LongProduct, $$"""
            "customers":{{Customers}}
            """),
        ("prod-theirs", """
            "customers":{"somebody":"subscribed"}
            """),
    ];

    private readonly HttpClient _http = new() { BaseAddress = endpoint };

    /// <summary>Makes the products that the case names, and its tokens; returns these by their placeholders.</summary>
    public async Task<Dictionary<string, string>> PrepareAsync(string account, Case item)
    {
        var script = ScriptOf(item);
        foreach (var (code, more) in Products.Where(product => IsNeeded(script, product.Code)))
            await DeclareAsync(code is "prod-theirs" ? "999999999999" : account, code, more);
        var made = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var token in new[] { "$token", "$euToken", "$oldToken" }.Where(token => Names(script, token)))
            made[token] = await TokenAsync(account, token is "$euToken" ? "prod-eu" : "prod-1");
        return made;
    }

    /// <summary>Whether the case has to be prepared four hours before it is played.</summary>
    public static bool IsOld(Case item) => Names(ScriptOf(item), "$oldToken");

    public async Task PutAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _http.PutAsync($"/_emulator/{path}", content);
        if (!response.IsSuccessStatusCode)
            throw new InvalidOperationException($"{path}: {await response.Content.ReadAsStringAsync()}");
    }

    public void Dispose() => _http.Dispose();

    private static string ScriptOf(Case item) =>
        string.Concat(item.Steps.Select(step => step.Parameters.ToJsonString()));

    private static bool Names(string script, string name) =>
        script.Contains($"\"{name}\"", StringComparison.Ordinal);

    /// <summary>Licences and tokens are of products that the case doesn't name.</summary>
    private static bool IsNeeded(string script, string code) => Names(script, code) || code switch
    {
        "prod-1" => Names(script, Say.License) || Names(script, "$token") || Names(script, "$oldToken"),
        "prod-2" => Names(script, Say.OtherLicense),
        "prod-eu" => Names(script, "$euToken"),
        _ => false,
    };

    private Task DeclareAsync(string account, string code, string more) => PutAsync(
        $"products/{code}?account={account}",
        $$"""{"dimensions":["api_calls","gb_hours","{{Say.LongDimension}}"],{{more}}}""");

    private async Task<string> TokenAsync(string account, string product)
    {
        using var response = await _http.PostAsJsonAsync("/_emulator/tokens", new
        {
            accountId = account,
            productCode = product,
            customerIdentifier = "cust-1",
            customerAWSAccountId = Say.Buyer,
            licenseArn = Say.License,
        });
        var reply = await response.Content.ReadFromJsonAsync<JsonElement>();
        return reply.GetProperty("token").GetString()!;
    }
}
