using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Tally.Emulator.Tests.Subscriptions;

namespace Tally.Emulator.Tests.Notifications;

/// <summary>How messages come to addresses, beyond that they come.</summary>
public sealed class DeliveryTests
{
    [Fact]
    public async Task Raw_OfATopic_IsTheMessageAloneWithTheHeadersOfSns()
    {
        await using var market = await Marketplace.StartAsync();
        await using var receiver = await Receiver.StartAsync();
        var subscription = await SubscribeAsync(
            market, $$"""{"productCode":"older","url":"{{receiver.Url}}","isRaw":true}""");
        var asked = (await receiver.WaitForAsync(1))[0];
        Assert.Equal("SubscriptionConfirmation", asked.Text("Type"));
        Assert.False(asked.Headers.ContainsKey("x-amz-sns-subscription-arn"));
        await ConfirmAsync(market, asked);
        _ = await market.SubscribeAsync(Marketplace.Older);

        var told = (await receiver.WaitForAsync(2))[1];
        Assert.Equal("subscribe-success", told.Text("action"));
        Assert.False(told.Json.TryGetProperty("Signature", out _));
        Assert.Equal("true", told.Headers["x-amz-sns-rawdelivery"]);
        Assert.Equal("Notification", told.Headers["x-amz-sns-message-type"]);
        Assert.Equal(subscription.GetProperty("arn").GetString(), told.Headers["x-amz-sns-subscription-arn"]);
        Assert.Equal("Amazon Simple Notification Service Agent", told.Headers["User-Agent"]);
    }

    [Fact]
    public async Task Retry_OfANotification_IsTheSameMessage()
    {
        await using var market = await Marketplace.StartAsync();
        await using var receiver = await Receiver.StartAsync();
        _ = await SubscribeAsync(market, $$"""{"productCode":"older","url":"{{receiver.Url}}"}""");
        await ConfirmAsync(market, (await receiver.WaitForAsync(1))[0]);
        receiver.Answers.Enqueue(503);
        _ = await market.SubscribeAsync(Marketplace.Older);
        var received = await receiver.WaitForAsync(3);
        Assert.Equal(received[1].Body, received[2].Body);
        Assert.Equal(received[1].Headers["x-amz-sns-message-id"], received[2].Headers["x-amz-sns-message-id"]);
    }

    [Fact]
    public async Task Event_ToAnAddress_IsPlainJsonWithoutHeadersOfSns()
    {
        await using var market = await Marketplace.StartAsync();
        await using var receiver = await Receiver.StartAsync();
        _ = await SubscribeAsync(market, $$"""{"url":"{{receiver.Url}}"}""");
        _ = await market.SubscribeAsync(Marketplace.Newer);
        var told = (await receiver.WaitForAsync(3))[0];
        Assert.Equal("application/json; charset=utf-8", told.Headers["Content-Type"]);
        Assert.Equal("Amazon/EventBridge/ApiDestinations", told.Headers["User-Agent"]);
        Assert.Equal("aws.agreement-marketplace", told.Text("source"));
        Assert.DoesNotContain(
            told.Headers.Keys, name => name.StartsWith("x-amz-sns", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Pending_WhenTheEmulatorEnded_IsDeliveredByTheNext()
    {
        var options = new EmulatorOptions { DataDirectory = Directory.CreateTempSubdirectory("emulator-").FullName };
        await using var receiver = await Receiver.StartAsync();
        for (var refused = 0; refused < 6; refused++)
            receiver.Answers.Enqueue(500);
        await using (var market = await Marketplace.StartAsync(options))
        {
            _ = await SubscribeAsync(market, $$"""{"url":"{{receiver.Url}}"}""");
            _ = await market.SubscribeAsync(Marketplace.Newer);
            _ = await receiver.WaitForAsync(6); // Three events, each refused twice: the next pause is a second.
            await WaitForStateAsync(market, item => item.GetProperty("attempts").GetInt32() == 2);
        }

        await using (var market = await Marketplace.StartAsync(options))
        {
            await AdvanceUntilAsync(market, () => receiver.Received.Count == 9);
            await WaitForStateAsync(market, item => item.GetProperty("state").GetString() is "delivered");
        }

        Assert.Equal(3, receiver.Received.Skip(6).Select(item => item.Text("id")).Distinct().Count());
        Directory.Delete(options.DataDirectory, recursive: true);
    }

    [Fact]
    public async Task Addresses_ThatRefuseConnections_HoldUpNoOther()
    {
        await using var market = await Marketplace.StartAsync();
        await using var receiver = await Receiver.StartAsync();
        for (var count = 0; count < 40; count++)
            _ = await SubscribeAsync(market, """{"url":"http://127.0.0.1:9/"}""");
        _ = await SubscribeAsync(market, $$"""{"url":"{{receiver.Url}}"}""");
        _ = await market.SubscribeAsync(Marketplace.Newer);
        Assert.Equal(3, (await receiver.WaitForAsync(3)).Count); // While the clock stands still.
    }

    [Fact]
    public async Task Address_ThatNeverAnswers_HoldsUpNoOther()
    {
        await using var market = await Marketplace.StartAsync();
        await using var receiver = await Receiver.StartAsync();
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start(backlog: 100);
        _ = await SubscribeAsync(market, $$"""{"url":"http://{{silent.LocalEndpoint}}/"}""");
        for (var count = 0; count < 14; count++)
            _ = await market.SubscribeAsync(Marketplace.Newer);
        await WaitForNoticesAsync(market, 14 * 3);
        _ = await SubscribeAsync(market, $$"""{"url":"{{receiver.Url}}"}""");
        _ = await market.SubscribeAsync(Marketplace.Newer);
        var first = (await receiver.WaitForAsync(1))[0];
        Assert.Equal("aws.agreement-marketplace", first.Text("source"));
        // None of the silent one's attempts has been given up in the meantime.
        var deliveries = await market.Fixture.Caller.SendAsync(HttpMethod.Get, "/_emulator/notifications/deliveries");
        Assert.Equal(0, deliveries.Json[0].GetProperty("attempts").GetInt32());
    }

    private static async Task<JsonElement> SubscribeAsync(Marketplace market, string body)
    {
        var reply = await market.Fixture.Caller.SendAsync(
            HttpMethod.Post, "/_emulator/notifications/subscriptions", body);
        Assert.Equal(201, reply.Status);
        return reply.Json;
    }

    private static async Task ConfirmAsync(Marketplace market, ReceivedNotification asked)
    {
        var reply = await market.Fixture.Caller.SendAsync(
            HttpMethod.Get, new Uri(asked.Text("SubscribeURL")).PathAndQuery);
        Assert.Equal(200, reply.Status);
    }

    private static async Task WaitForNoticesAsync(Marketplace market, int count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await market.Fixture.Caller.SendAsync(HttpMethod.Get, "/_emulator/notices")).Json.EnumerateArray()
            .Count(notice => notice.GetProperty("isHandedOver").GetBoolean()) < count)
        {
            await Task.Delay(10, limit.Token); // polls for a condition
        }
    }

    private static async Task AdvanceUntilAsync(Marketplace market, Func<bool> isDone)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!isDone())
        {
            market.Fixture.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(10, limit.Token); // polls for a condition
        }
    }

    private static async Task WaitForStateAsync(Marketplace market, Func<JsonElement, bool> isSo)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!(await market.Fixture.Caller.SendAsync(HttpMethod.Get, "/_emulator/notifications/deliveries"))
            .Json.EnumerateArray().All(isSo))
        {
            await Task.Delay(10, limit.Token); // polls for a condition
        }
    }
}
