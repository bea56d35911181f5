using System.Text.Json;
using Tally.Emulator.Tests.Subscriptions;

namespace Tally.Emulator.Tests.Notifications;

/// <summary>Notices and deliveries on their way while the state is reset or replaced.</summary>
public sealed class NotificationStateTests
{
    [Fact]
    public async Task Reset_WhileADeliveryWaitsForItsNextAttempt_LeavesNothingOfIt()
    {
        await using var market = await Marketplace.StartAsync();
        await using var seller = await Receiver.StartAsync();
        await FailTwiceAsync(market, seller);
        await market.Fixture.Emulator.ResetAsync();
        market.Fixture.Clock.Advance(TimeSpan.FromMinutes(1));

        await market.Fixture.Emulator.DeclareProductAsync(Marketplace.Newer, "api_calls");
        await SubscribeAsync(market, seller.Url);
        _ = await market.SubscribeAsync(Marketplace.Newer);
        // Its events are numbered from the start again, and are told none the less.
        _ = await WaitForAsync(market, deliveries => deliveries.Count(IsDelivered) >= 3);
        Assert.All(await DeliveriesAsync(market), delivery => Assert.Equal("delivered", StateOf(delivery)));
    }

    [Fact]
    public async Task Import_OfADeliveryOnItsWay_GoesOnWithIt()
    {
        await using var market = await Marketplace.StartAsync();
        await using var seller = await Receiver.StartAsync();
        await FailTwiceAsync(market, seller);
        using var export = new MemoryStream();
        await market.Fixture.Emulator.ExportAsync(export);

        await using var other = await Marketplace.StartAsync();
        await SubscribeAsync(other, seller.Url);
        _ = await other.SubscribeAsync(Marketplace.Newer);
        _ = await WaitForAsync(other, deliveries => deliveries.Count(IsDelivered) >= 3);
        export.Position = 0;
        await other.Fixture.Emulator.ImportAsync(export);
        var imported = await DeliveriesAsync(other);
        _ = await WaitForAsync(other, deliveries => deliveries.All(IsDelivered));

        // What comes now is numbered after what was imported, and takes nothing's place.
        _ = await other.SubscribeAsync(Marketplace.Newer);
        var after = await WaitForAsync(other, deliveries => deliveries.Count(IsDelivered) > imported.Length + 2);
        Assert.Equal(imported.Select(IdOf), after.Take(imported.Length).Select(IdOf));
    }

    [Fact]
    public async Task Certificate_AfterAnImport_IsTheImportedOne()
    {
        await using var market = await Marketplace.StartAsync();
        await using var other = await Marketplace.StartAsync();
        await using var seller = await Receiver.StartAsync();
        var path = await CertificatePathAsync(market, seller);
        var certificate = await market.Fixture.Caller.SendAsync(HttpMethod.Get, path);
        _ = await CertificatePathAsync(other, seller);
        using var export = new MemoryStream();
        await market.Fixture.Emulator.ExportAsync(export);
        export.Position = 0;
        await other.Fixture.Emulator.ImportAsync(export);

        var imported = await other.Fixture.Caller.SendAsync(HttpMethod.Get, path);
        Assert.Equal((200, certificate.Body), (imported.Status, imported.Body));
    }

    /// <summary>Three events, of which one is refused twice and waits for its third attempt.</summary>
    private static async Task FailTwiceAsync(Marketplace market, Receiver seller)
    {
        await SubscribeAsync(market, seller.Url);
        for (var answer = 0; answer < 6; answer++)
            seller.Answers.Enqueue(500);
        _ = await market.SubscribeAsync(Marketplace.Newer);
        _ = await seller.WaitForAsync(6);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!(await DeliveriesAsync(market)).All(delivery => delivery.GetProperty("attempts").GetInt32() == 2))
            await Task.Delay(10, limit.Token); // polls for a condition
    }

    private static async Task SubscribeAsync(Marketplace market, Uri url)
    {
        var body = JsonSerializer.Serialize(new { url });
        var reply = await market.Fixture.Caller.SendAsync(
            HttpMethod.Post, "/_emulator/notifications/subscriptions", body);
        Assert.Equal(201, reply.Status);
    }

    private static async Task<string> CertificatePathAsync(Marketplace market, Receiver seller)
    {
        var known = seller.Received.Count;
        var body = JsonSerializer.Serialize(new { productCode = Marketplace.Older, url = seller.Url });
        _ = await market.Fixture.Caller.SendAsync(HttpMethod.Post, "/_emulator/notifications/subscriptions", body);
        var asked = (await seller.WaitForAsync(known + 1))[known];
        return new Uri(asked.Text("SigningCertURL")).AbsolutePath;
    }

    /// <summary>Lets the time between attempts pass until it is so.</summary>
    private static async Task<JsonElement[]> WaitForAsync(Marketplace market, Predicate<JsonElement[]> isSo)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var deliveries = await DeliveriesAsync(market);
            if (isSo(deliveries)) return deliveries;
            market.Fixture.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(10, limit.Token); // polls for a condition
        }
    }

    private static async Task<JsonElement[]> DeliveriesAsync(Marketplace market) =>
    [
        .. (await market.Fixture.Caller.SendAsync(HttpMethod.Get, "/_emulator/notifications/deliveries"))
            .Json.EnumerateArray(),
    ];

    private static bool IsDelivered(JsonElement delivery) => StateOf(delivery) is "delivered";

    private static string? StateOf(JsonElement delivery) => delivery.GetProperty("state").GetString();

    private static string? IdOf(JsonElement delivery) => delivery.GetProperty("id").GetString();
}
