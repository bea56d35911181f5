using System.Text.Json;

namespace Tally.Emulator.Tests.Subscriptions;

/// <summary>Steps in an unusual order, too late, or several at once.</summary>
public sealed class AgreementOrderTests
{
    [Fact]
    public async Task Subscribe_AgainWhileLeaving_IsSubscribedWhenTheFirstHasEnded()
    {
        await using var market = await Marketplace.StartAsync();
        var first = await market.SubscribeAsync(Marketplace.Older);
        _ = await market.StepAsync(first, "unsubscribe");
        var second = await market.SubscribeAsync(Marketplace.Older);
        _ = await market.StepAsync(first, "end");
        market.Fixture.Clock.Advance(TimeSpan.FromHours(2));

        Assert.Equal("Success", await market.MeterAsync(second, Marketplace.Older));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Unsubscribe_BothOfTwo_TakesRecordsAsLongAsTheLaterOneDoes(bool isFirstLast)
    {
        await using var market = await Marketplace.StartAsync();
        var agreements = new List<JsonElement>
        {
            await market.SubscribeAsync(Marketplace.Older), await market.SubscribeAsync(Marketplace.Older),
        };
        if (isFirstLast) agreements.Reverse();
        _ = await market.StepAsync(agreements[0], "unsubscribe");
        await StandStillAsync(market, "2026-11-23T11:00:00Z");
        _ = await market.StepAsync(agreements[1], "unsubscribe");
        await StandStillAsync(market, "2026-11-23T11:59:59Z");
        Assert.Equal("Success", await MeterAsync(market, "2026-11-23T11:59:59Z"));
        await StandStillAsync(market, "2026-11-23T12:00:00Z");
        Assert.Equal(
            "CustomerNotSubscribed",
            await MeterAsync(market, "2026-11-23T12:00:00Z"));
    }

    [Fact]
    public async Task Resubscribe_AfterTheLastRecords_IsRefusedBeforeTheClockHasComeRound()
    {
        await using var market = await Marketplace.StartAsync();
        var agreement = await market.SubscribeAsync(Marketplace.Older);
        _ = await market.StepAsync(agreement, "unsubscribe");
        // The agreements' clock goes by the surrounding time, which stands still here.
        await StandStillAsync(market, "2026-11-23T11:30:00Z");
        var late = await market.StepAsync(agreement, "resubscribe");
        Assert.Equal(409, late.Status);
        Assert.Contains("2026-11-23 11:30:00Z", late.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Renew_AndResubscribe_AfterTheEnd_AreRefused()
    {
        await using var market = await Marketplace.StartAsync();
        var agreement = await market.SubscribeAsync(Marketplace.Older, ",\"endsAt\":\"2026-11-23T11:00:00Z\"");
        await StandStillAsync(market, "2026-11-23T11:00:00Z");
        Assert.Equal(409, (await market.StepAsync(agreement, "renew")).Status);
        _ = await market.StepAsync(agreement, "unsubscribe");
        Assert.Equal(409, (await market.StepAsync(agreement, "resubscribe")).Status);
    }

    [Fact]
    public async Task EndsAt_ThatIsPast_IsAMistake()
    {
        await using var market = await Marketplace.StartAsync();
        const string past = "\"endsAt\":\"2026-11-23T10:30:00Z\"";
        var subscribed = await market.Fixture.Caller.SendAsync(
            HttpMethod.Post,
            "/_emulator/agreements",
            $$"""{"productCode":"older","buyerAccountId":"{{Marketplace.Buyer}}",{{past}}}""");
        Assert.Equal(400, subscribed.Status);
        Assert.Contains("endsAt 2026-11-23 10:30:00Z must lie ahead", subscribed.Body, StringComparison.Ordinal);

        var agreement = await market.SubscribeAsync(Marketplace.Older);
        var renewed = await market.Fixture.Caller.SendAsync(
            HttpMethod.Post,
            $"/_emulator/agreements/{agreement.GetProperty("id").GetString()}/renew",
            $$"""{{{past}}}""");
        Assert.Equal(400, renewed.Status);
        Assert.Equal(4, (await market.ToldAsync()).Length);
    }

    [Theory]
    [InlineData("unsubscribe", "unsubscribe-pending")]
    [InlineData("end", "unsubscribe-success")]
    [InlineData("resubscribe", "subscribe-success")]
    public async Task Step_ManyTimesAtOnce_HappensOnce(string step, string told)
    {
        await using var market = await Marketplace.StartAsync();
        var agreement = await market.SubscribeAsync(Marketplace.Older);
        if (step is not "unsubscribe") _ = await market.StepAsync(agreement, "unsubscribe");
        var before = (await market.ToldAsync()).Count(kind => kind == told);
        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => market.StepAsync(agreement, step)));

        Assert.Single(replies, reply => reply.Status == 200);
        Assert.Equal(19, replies.Count(reply => reply.Status == 409));
        Assert.Equal(before + 1, (await market.ToldAsync()).Count(kind => kind == told));
    }

    [Fact]
    public async Task Step_WhileEverythingIsReset_LeavesNothingOfTheAgreement()
    {
        await using var market = await Marketplace.StartAsync();
        for (var round = 0; round < 20; round++)
        {
            await market.Fixture.Emulator.DeclareProductAsync(Marketplace.Older, "api_calls");
            var agreement = await market.SubscribeAsync(Marketplace.Older);
            var unsubscribing = market.StepAsync(agreement, "unsubscribe");
            await market.Fixture.Emulator.ResetAsync();
            Assert.Contains((await unsubscribing).Status, (int[])[200, 409]);
            var left = (await market.Fixture.Caller.SendAsync(HttpMethod.Get, "/_emulator/agreements")).Json;
            Assert.Equal(0, left.GetArrayLength());
        }
    }

    private static async Task<string?> MeterAsync(Marketplace market, string time) =>
        (await market.Fixture.Caller.MeterAsync(Marketplace.Older, market.Fixture.Record(
            1, "cust-9", DateTimeOffset.Parse(time, null).ToUnixTimeSeconds()))).Statuses[0];

    private static async Task StandStillAsync(Marketplace market, string now) => Assert.Equal(200, (
        await market.Fixture.Caller.SendAsync(
            HttpMethod.Put, "/_emulator/clock", $$"""{"now":"{{now}}"}""")).Status);
}
