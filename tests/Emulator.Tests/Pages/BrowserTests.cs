using Microsoft.Playwright;
using Tally.Emulator.Tests.Hosting;
using Tally.Emulator.Tests.Notifications;
using Tally.Emulator.Tests.Subscriptions;

namespace Tally.Emulator.Tests.Pages;

/// <summary>The page in a real browser: Debian's chromium, without which this is skipped.</summary>
public sealed class BrowserTests
{
    private const string Chromium = "/usr/bin/chromium";

    [Fact]
    public async Task Page_InABrowser_DeclaresAProductOnADeskAndOnAPhone()
    {
        Assert.SkipUnless(File.Exists(Chromium), "chromium is not installed.");
        await using var fixture = await EmulatorFixture.StartAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await LaunchAsync(playwright);
        var page = await browser.NewPageAsync();
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.Add(message.Text);
        _ = await page.GotoAsync(fixture.Emulator.Endpoint.ToString());
        Assert.EndsWith("/_emulator", page.Url, StringComparison.Ordinal);

        var form = page.Locator("form[action$='/product']");
        await form.Locator("[name=code]").FillAsync("from-the-browser");
        await form.Locator("[name=dimensions]").FillAsync("api_calls");
        await form.Locator("[name=openToAll]").CheckAsync();
        await form.Locator("button").ClickAsync();
        await page.Locator("td", new() { HasText = "from-the-browser" }).WaitForAsync();
        Assert.EndsWith("/_emulator#products", page.Url, StringComparison.Ordinal);
        var reply = await fixture.Caller.MeterAsync("from-the-browser", fixture.Record(1));
        Assert.Equal(["Success"], reply.Statuses);

        await page.SetViewportSizeAsync(360, 700);
        Assert.Equal(360, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Fulfilment_InABrowser_SendsTheTokenToTheSellerByItself()
    {
        Assert.SkipUnless(File.Exists(Chromium), "chromium is not installed.");
        await using var market = await Marketplace.StartAsync();
        await using var seller = await Receiver.StartAsync();
        await market.Fixture.Emulator.DeclareProductAsync(
            "shop", new ProductDeclaration { Dimensions = ["api_calls"], RegistrationUrl = seller.Url });
        var agreement = await market.SubscribeAsync("shop");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await LaunchAsync(playwright);
        var page = await browser.NewPageAsync();
        var id = agreement.GetProperty("id").GetString();
        _ = await page.GotoAsync($"{market.Fixture.Emulator.Endpoint}_emulator/fulfillment/{id}");
        await page.Locator("button").ClickAsync();

        var sent = Assert.Single(await seller.WaitForAsync(1));
        Assert.StartsWith("x-amzn-marketplace-token=", sent.Body, StringComparison.Ordinal);
        Assert.Equal(
            market.Fixture.Emulator.Endpoint.GetLeftPart(UriPartial.Authority), sent.Headers["Origin"]);
    }

    private static Task<IBrowser> LaunchAsync(IPlaywright playwright) =>
        playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium,
            Args = ["--no-sandbox"],
        });
}
