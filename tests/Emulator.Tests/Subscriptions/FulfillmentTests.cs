using System.Text.RegularExpressions;

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

    [GeneratedRegex("name=\"x-amzn-marketplace-token\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
