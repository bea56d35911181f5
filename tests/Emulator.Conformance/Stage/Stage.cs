using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Tally.Emulator.Conformance.Cases;

namespace Tally.Emulator.Conformance.Stage;

/// <summary>An emulator for the cases of one world, with the same products in every case's account.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromHours(4);
    private readonly MarketplaceEmulator _emulator;
    private readonly HttpClient _admin;

    private Stage(MarketplaceEmulator emulator)
    {
        _emulator = emulator;
        _admin = new HttpClient { BaseAddress = emulator.Endpoint };
    }

    public Uri Endpoint => _emulator.Endpoint;

    public static async Task<Stage> StartAsync(World world, IEnumerable<string> accounts)
    {
        var emulator = await MarketplaceEmulator.StartAsync(new EmulatorOptions
        {
            Rules = AcceptanceRules.Find(world.Rules)!,
            RequireSignature = world.RequiresSignature,
            AccessKeys =
            [
                .. accounts.Select(account => new AccessKey
                {
                    AccessKeyId = account,
                    SecretAccessKey = "secret",
                    AccountId = account,
                }),
            ],
        });
        var stage = new Stage(emulator);
        await stage.SendAsync(HttpMethod.Put, "/_emulator/clock", $$"""{"now":"{{world.Now:O}}"}""");
        if (world.Faults is { } faults) await stage.SendAsync(HttpMethod.Put, "/_emulator/faults", faults);
        return stage;
    }

    /// <summary>Products and tokens of an account; returns what the placeholders of the cases stand for.</summary>
    public async Task<IReadOnlyDictionary<string, string>> PrepareAsync(string account, World world)
    {
        const string customers =
            $$"""{"cust-1":"subscribed","{{Say.Buyer}}":"subscribed","gone":"unsubscribed"}""";
        await DeclareAsync(account, "prod-1", $$"""
            "customers":{{customers}},
            "licenses":{"{{Say.License}}":"{{Say.Buyer}}","{{Say.License}}b":"{{Say.Buyer}}"}
            """);
        await DeclareAsync(account, "prod-2", $$"""
            "customers":{{customers}},"licenses":{"{{Say.OtherLicense}}":"{{Say.Buyer}}"}
            """);
        await DeclareAsync(account, "prod-new", $$"""
            "customers":{{customers}},"concurrentAgreements":true
            """);
        await DeclareAsync(account, "prod-eu", $$"""
            "customers":{{customers}},"regions":["eu-west-1"]
            """);
        await DeclareAsync(account, "prod-agent", "\"meterUsage\":\"agentCore\"");
        await DeclareAsync(account, "prod-ecs", "\"platforms\":[\"ecs\",\"eks\"]");
        await DeclareAsync(account, "prod-nowhere", "\"platforms\":[]");
        await DeclareAsync("999999999999", "prod-theirs", $$"""
            "customers":{"somebody":"subscribed"}
            """);
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["$token"] = await TokenAsync(account),
            ["$euToken"] = await TokenAsync(account, "prod-eu"),
            ["$oldToken"] = await OldTokenAsync(account, world),
        };
    }

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _emulator.DisposeAsync();
    }

    private Task DeclareAsync(string account, string code, string more) => SendAsync(
        HttpMethod.Put,
        $"/_emulator/products/{code}?account={account}",
        $$"""{"dimensions":["api_calls","gb_hours"],{{more}}}""");

    private async Task<string> OldTokenAsync(string account, World world)
    {
        await SendAsync(HttpMethod.Put, "/_emulator/clock", $$"""{"now":"{{world.Now - TokenLifetime:O}}"}""");
        var token = await TokenAsync(account);
        await SendAsync(HttpMethod.Put, "/_emulator/clock", $$"""{"now":"{{world.Now:O}}"}""");
        return token;
    }

    private async Task<string> TokenAsync(string account, string product = "prod-1")
    {
        using var response = await _admin.PostAsJsonAsync("/_emulator/tokens", new
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

    private async Task SendAsync(HttpMethod method, string path, string body)
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        using var response = await _admin.SendAsync(request);
        if (!response.IsSuccessStatusCode)
            throw new InvalidOperationException($"{path}: {await response.Content.ReadAsStringAsync()}");
    }
}
