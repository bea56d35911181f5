using Tally.Emulator.Tests.Subscriptions;

namespace Tally.Emulator.Tests.Pages;

public sealed class AgreementSectionTests
{
    private static readonly (string, string)[] Bought = [("code", Marketplace.Older), ("buyer", Marketplace.Buyer)];

    [Fact]
    public async Task Forms_EveryStepOfAnAgreement_DoWhatTheySay()
    {
        await using var market = await Marketplace.StartAsync();
        using var browser = new PageBrowser(market.Fixture);
        Assert.Equal(303, await browser.SendAsync("agreement", [.. Bought, ("isFreeTrial", "true")]));
        Assert.Equal("activefree trial", await StateAsync(browser));
        var link = (await browser.SectionAsync("agreements")).Descendants("a").Single().Attribute("href")!.Value;
        Assert.Equal(200, (await market.Fixture.Caller.SendAsync(HttpMethod.Get, link)).Status);

        var id = link.Split('/')[^1];
        Assert.Equal(303, await StepAsync(browser, id, "unsubscribe"));
        Assert.Equal("unsubscribe-pendingfree trial", await StateAsync(browser));
        Assert.Contains("records until 2026-11-23 11:30:00", await TimesAsync(browser), StringComparison.Ordinal);
        Assert.Equal(303, await StepAsync(browser, id, "resubscribe"));
        Assert.Equal(303, await StepAsync(browser, id, "renew", ("endsAt", "2027-01-01T00:00:00")));
        Assert.Contains("ends 2027-01-01 00:00:00", await TimesAsync(browser), StringComparison.Ordinal);
        Assert.Equal(303, await StepAsync(browser, id, "unsubscribe"));
        Assert.Equal(303, await StepAsync(browser, id, "end"));
        Assert.Equal("endedfree trial", await StateAsync(browser));
        Assert.Equal(2, (await market.ToldAsync()).Count(kind => kind is "unsubscribe-pending"));
    }

    [Fact]
    public async Task Forms_MistakenOrOutOfTurn_AreRefusedAndChangeNothing()
    {
        await using var market = await Marketplace.StartAsync();
        using var browser = new PageBrowser(market.Fixture);
        Assert.Equal(400, await browser.SendAsync("agreement", ("code", "nothing"), ("buyer", Marketplace.Buyer)));
        Assert.Equal(400, await browser.SendAsync("agreement", ("code", Marketplace.Older), ("buyer", "somebody")));
        Assert.Equal(400, await browser.SendAsync("agreement", [.. Bought, ("endsAt", "soon")]));
        Assert.Empty(await market.ToldAsync());

        var agreement = await market.SubscribeAsync(Marketplace.Older);
        var id = agreement.GetProperty("id").GetString()!;
        Assert.Equal(400, await StepAsync(browser, id, "end"));
        Assert.Equal(400, await StepAsync(browser, id, "dance"));
        Assert.Equal(400, await StepAsync(browser, "agmt-1", "unsubscribe"));
        Assert.Equal(400, await StepAsync(browser, id, "renew", ("endsAt", "soon")));
        Assert.Equal("active", await StateAsync(browser));
    }

    [Fact]
    public async Task Forms_APaymentThatFails_IsShownWithoutSteps()
    {
        await using var market = await Marketplace.StartAsync();
        using var browser = new PageBrowser(market.Fixture);
        Assert.Equal(303, await browser.SendAsync("agreement", [.. Bought, ("fails", "true")]));
        Assert.Equal("failed", await StateAsync(browser));
        Assert.Empty((await browser.SectionAsync("agreements")).Descendants("a"));
    }

    [Fact]
    public async Task Product_DeclaredAgainByItsForm_KeepsWhatTheFormDoesNotAskFor()
    {
        await using var market = await Marketplace.StartAsync();
        using var browser = new PageBrowser(market.Fixture);
        Assert.Equal(303, await browser.SendAsync(
            "product", ("account", "000000000000"), ("code", Marketplace.Older), ("dimensions", "api_calls,more")));
        var agreement = await market.SubscribeAsync(Marketplace.Older);
        var path = $"/_emulator/fulfillment/{agreement.GetProperty("id").GetString()}";
        var page = await market.Fixture.Caller.SendAsync(HttpMethod.Post, path);
        Assert.Contains("Tea &amp; &lt;Coffee&gt;", page.Body, StringComparison.Ordinal);
        Assert.Contains("action=\"http://127.0.0.1:9/register?from=aws\"", page.Body, StringComparison.Ordinal);
    }

    private static Task<int> StepAsync(
        PageBrowser browser,
        string id,
        string step,
        params (string, string)[] more) =>
        browser.SendAsync("agreement-step", [("id", id), ("do", step), .. more]);

    private static async Task<string> StateAsync(PageBrowser browser) => (await browser.CellsAsync("agreements"))[3];

    private static async Task<string> TimesAsync(PageBrowser browser) => (await browser.CellsAsync("agreements"))[4];
}
