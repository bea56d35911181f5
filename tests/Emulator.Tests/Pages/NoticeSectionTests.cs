using Amazon.SQS;
using Amazon.SQS.Model;
using Tally.Emulator.Tests.Notifications;
using Tally.Emulator.Tests.Queues;
using Tally.Emulator.Tests.Subscriptions;

namespace Tally.Emulator.Tests.Pages;

/// <summary>Notices, deliveries and queues on the page.</summary>
public sealed class NoticeSectionTests
{
    private const string Hostile = "<script>alert('x')</script>&\"'><b>";

    [Fact]
    public async Task Forms_SubscribeAQueueAndPurgeIt_CountWhatIsInIt()
    {
        await using var market = await Marketplace.StartAsync();
        using var browser = new PageBrowser(market.Fixture);
        using var sqs = SqsClientTests.Client(market.Fixture);
        var url = (await sqs.CreateQueueAsync("page")).QueueUrl;
        Assert.Equal(303, await browser.SendAsync("notification", ("code", Marketplace.Older), ("queue", "page")));
        _ = await market.SubscribeAsync(Marketplace.Older);
        var received = await sqs.ReceiveMessageAsync(
            new ReceiveMessageRequest { QueueUrl = url, WaitTimeSeconds = 20 }, TestContext.Current.CancellationToken);
        _ = Assert.Single(received.Messages);
        _ = await sqs.SendMessageAsync(url, "more");
        Assert.Equal(["1", "1"], (await browser.CellsAsync("queues")).Skip(2).Take(2));

        Assert.Equal(303, await browser.SendAsync("queue-purge", ("account", "000000000000"), ("queue", "page")));
        Assert.Equal(["0", "0"], (await browser.CellsAsync("queues")).Skip(2).Take(2));
        Assert.Equal(400, await browser.SendAsync("queue-purge", ("account", "000000000000"), ("queue", "none")));
    }

    [Fact]
    public async Task Forms_SubscribeAnAddress_ShowsDeliveriesUntilItIsUnsubscribed()
    {
        await using var market = await Marketplace.StartAsync();
        using var browser = new PageBrowser(market.Fixture);
        await using var receiver = await Receiver.StartAsync();
        Assert.Equal(303, await browser.SendAsync("notification", ("url", $"{receiver.Url}?{Hostile}")));
        _ = await market.SubscribeAsync(Marketplace.Newer);
        _ = await receiver.WaitForAsync(1);
        var page = await browser.PageAsync();
        Assert.Empty(page.Descendants("script"));
        Assert.Contains("Purchase Agreement Created", page.Value, StringComparison.Ordinal);
        Assert.NotEmpty(await browser.CellsAsync("deliveries"));

        var notices = await browser.SectionAsync("notices");
        var id = notices.Descendants("input").First(input => input.Attribute("name")?.Value is "id");
        (string, string) named = ("id", id.Attribute("value")!.Value);
        Assert.Equal(303, await browser.SendAsync("notification-end", named));
        Assert.Equal(400, await browser.SendAsync("notification-end", named));
    }

    [Fact]
    public async Task Forms_OfSubscriptionsToNotices_AreCheckedAsTheEndpointDoes()
    {
        await using var market = await Marketplace.StartAsync();
        using var browser = new PageBrowser(market.Fixture);
        Assert.Equal(400, await browser.SendAsync("notification", ("queue", "nothing")));
        Assert.Equal(400, await browser.SendAsync("notification", ("url", "not an address")));
        Assert.Equal(400, await browser.SendAsync("notification", ("url", "http://[")));
        Assert.Equal(400, await browser.SendAsync("notification"));
    }

    [Fact]
    public async Task Sections_HostileNames_AreTextAndNothingElse()
    {
        await using var market = await Marketplace.StartAsync();
        using var browser = new PageBrowser(market.Fixture);
        Assert.Equal(303, await browser.SendAsync(
            "agreement", ("code", Marketplace.Older), ("buyer", Marketplace.Buyer), ("identifier", Hostile)));
        Assert.Equal(303, await browser.SendAsync("notification", ("url", "http://127.0.0.1:9/"), ("code", Hostile)));
        var page = await browser.PageAsync();
        Assert.Empty(page.Descendants("script"));
        Assert.Contains(Hostile, (await browser.SectionAsync("agreements")).Value, StringComparison.Ordinal);
        Assert.Contains(Hostile, (await browser.SectionAsync("notices")).Value, StringComparison.Ordinal);
    }
}
