using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Tally.Emulator.Tests.Subscriptions;

public sealed partial class FulfillmentTests
{
    [Fact]
    public async Task Page_OfAFreeTrial_BringsTheBrowserToTheSellerWithAToken()
    {
        await using var market = await Marketplace.StartAsync();
        var agreement = await market.SubscribeAsync(Marketplace.Older, ",\"isFreeTrial\":true");
        var page = $"/_emulator/fulfillment/{agreement.GetProperty("id").GetString()}";
        var shown = await market.Fixture.Caller.SendAsync(HttpMethod.Get, page);
        var sentOn = await market.Fixture.Caller.SendAsync(HttpMethod.Post, page);

        Assert.Contains("<h1>Tea &amp; &lt;Coffee&gt;</h1>", shown.Body, StringComparison.Ordinal);
        Assert.Contains("action=\"http://127.0.0.1:9/register?from=aws\"", sentOn.Body, StringComparison.Ordinal);
        Assert.Contains(
            "name=\"x-amzn-marketplace-offer-type\" value=\"free-trial\"", sentOn.Body, StringComparison.Ordinal);
        var token = Token().Match(sentOn.Body).Groups[1].Value;
        var resolved = (await market.Fixture.Caller.ResolveAsync(token)).Json;
        Assert.Equal("cust-9", resolved.GetProperty("CustomerIdentifier").GetString());
        Assert.Equal(Marketplace.Buyer, resolved.GetProperty("CustomerAWSAccountId").GetString());
        Assert.Equal(
            agreement.GetProperty("id").GetString(),
            resolved.GetProperty("Metadata").GetProperty("AgreementId").GetString());
    }

    [Fact]
    public async Task Token_OfANewerProduct_NamesAccountAndLicenceAlone()
    {
        await using var market = await Marketplace.StartAsync();
        var agreement = await market.SubscribeAsync(Marketplace.Newer);
        var token = (await market.StepAsync(agreement, "token")).Json.GetProperty("token").GetString()!;
        var resolved = (await market.Fixture.Caller.ResolveAsync(token)).Json;

        Assert.False(resolved.TryGetProperty("CustomerIdentifier", out _));
        Assert.Equal(
            agreement.GetProperty("licenseArn").GetString(), resolved.GetProperty("LicenseArn").GetString());
    }

    [Fact]
    public async Task Page_WithoutAnAgreement_IsNotFound()
    {
        await using var market = await Marketplace.StartAsync();
        var reply = await market.Fixture.Caller.SendAsync(HttpMethod.Get, "/_emulator/fulfillment/agmt-1");
        Assert.Equal((404, "application/problem+json"), (reply.Status, reply.ContentType));
    }

    [Fact]
    public async Task Page_ThatSendsOn_RunsItsOwnScriptAlone()
    {
        await using var market = await Marketplace.StartAsync();
        var agreement = await market.SubscribeAsync(Marketplace.Older);
        using var http = new HttpClient { BaseAddress = market.Fixture.Emulator.Endpoint };
        var path = $"/_emulator/fulfillment/{agreement.GetProperty("id").GetString()}";
        using var shown = await http.GetAsync(path);
        using var sentOn = await http.PostAsync(path, null);

        Assert.Contains("form-action 'self'", PolicyOf(shown), StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", PolicyOf(shown), StringComparison.Ordinal);
        var script = XDocument.Parse(await sentOn.Content.ReadAsStringAsync()).Descendants("script").Single();
        Assert.Contains(
            $"script-src 'nonce-{script.Attribute("nonce")!.Value}'; form-action http: https:",
            PolicyOf(sentOn),
            StringComparison.Ordinal);
        Assert.Equal("strict-origin", Assert.Single(sentOn.Headers.GetValues("Referrer-Policy")));
    }

    private static string PolicyOf(HttpResponseMessage response) =>
        Assert.Single(response.Headers.GetValues("Content-Security-Policy"));

    [GeneratedRegex("name=\"x-amzn-marketplace-token\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
