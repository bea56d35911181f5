using System.Text.Json;

namespace Tally.Emulator.Tests.Subscriptions;

public sealed class AgreementTests
{
    [Theory]
    [InlineData(Marketplace.Older, "CustomerNotSubscribed")]
    [InlineData(Marketplace.Newer, "CustomerNotSubscribed")]
    public async Task Agreement_WholeLife_IsAcceptedUntilTheLastRecordsAreIn(string product, string afterwards)
    {
        await using var market = await Marketplace.StartAsync();
        var agreement = await market.SubscribeAsync(product);
        Assert.Equal("Success", await market.MeterAsync(agreement, product));

        Assert.Equal(200, (await market.StepAsync(agreement, "unsubscribe")).Status);
        market.Fixture.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal("Success", await market.MeterAsync(agreement, product));
        market.Fixture.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(afterwards, await market.MeterAsync(agreement, product));
    }

    [Fact]
    public async Task Agreement_OfAnOlderProduct_IsToldOnTheTopicAndAsEvents()
    {
        await using var market = await Marketplace.StartAsync();
        var agreement = await market.SubscribeAsync(Marketplace.Older);
        _ = await market.StepAsync(agreement, "unsubscribe");
        _ = await market.StepAsync(agreement, "end");

        Assert.Equal(
            [
                "subscribe-success",
                "Purchase Agreement Created - Proposer",
                "Purchase Agreement Created - Manufacturer",
                "License Updated - Manufacturer",
                "unsubscribe-pending",
                "Purchase Agreement Ended - Proposer",
                "Purchase Agreement Ended - Manufacturer",
                "License Deprovisioned - Manufacturer",
                "unsubscribe-success",
            ],
            await market.ToldAsync());
    }

    [Fact]
    public async Task Agreement_OfANewerProduct_IsToldAsEventsAlone()
    {
        await using var market = await Marketplace.StartAsync();
        var agreement = await market.SubscribeAsync(Marketplace.Newer);
        _ = await market.StepAsync(agreement, "unsubscribe");
        _ = await market.StepAsync(agreement, "end");

        Assert.Equal(6, (await market.ToldAsync()).Length);
        Assert.DoesNotContain(await market.ToldAsync(), kind => kind.Contains("subscribe", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Agreement_WhenItsTimeIsUp_EndsByItself()
    {
        await using var market = await Marketplace.StartAsync();
        var agreement = await market.SubscribeAsync(Marketplace.Older, ",\"endsAt\":\"2026-11-23T11:00:00Z\"");
        market.Fixture.Clock.Advance(TimeSpan.FromMinutes(31));
        var ended = await WaitForAsync(market, "unsubscribe-pending");
        Assert.Equal("EXPIRED", ended.Single(IsEndForProposer).GetProperty("detail").GetProperty("agreement")
            .GetProperty("status").GetString());

        market.Fixture.Clock.Advance(TimeSpan.FromMinutes(61));
        _ = await WaitForAsync(market, "unsubscribe-success");
        Assert.Equal("CustomerNotSubscribed", await market.MeterAsync(agreement, Marketplace.Older));
    }

    [Fact]
    public async Task Resubscribe_WhileLeaving_IsASubscriptionAgainAndNoEnd()
    {
        await using var market = await Marketplace.StartAsync();
        var agreement = await market.SubscribeAsync(Marketplace.Older);
        _ = await market.StepAsync(agreement, "unsubscribe");
        _ = await market.StepAsync(agreement, "resubscribe");
        market.Fixture.Clock.Advance(TimeSpan.FromHours(2));

        Assert.Equal("Success", await market.MeterAsync(agreement, Marketplace.Older));
        Assert.DoesNotContain("unsubscribe-success", await market.ToldAsync());
        Assert.Equal(2, (await market.ToldAsync()).Count(kind => kind is "subscribe-success"));
    }

    [Fact]
    public async Task Unsubscribe_OneOfTwoAgreements_LeavesTheBuyerSubscribedByTheOther()
    {
        await using var market = await Marketplace.StartAsync();
        var (first, second) = (
            await market.SubscribeAsync(Marketplace.Newer), await market.SubscribeAsync(Marketplace.Newer));
        _ = await market.StepAsync(first, "unsubscribe");
        _ = await market.StepAsync(first, "end");

        Assert.Equal("CustomerNotSubscribed", await market.MeterAsync(first, Marketplace.Newer));
        Assert.Equal("Success", await market.MeterAsync(second, Marketplace.Newer));
    }

    [Fact]
    public async Task Subscribe_ThatFails_IsToldAndAcceptsNothing()
    {
        await using var market = await Marketplace.StartAsync();
        var agreement = await market.SubscribeAsync(Marketplace.Older, ",\"fails\":true,\"isFreeTrial\":true");

        Assert.Equal("CustomerNotSubscribed", await market.MeterAsync(agreement, Marketplace.Older));
        var message = Assert.Single(await market.MessagesAsync());
        Assert.Equal(
            $$"""
            {"action":"subscribe-fail","customer-identifier":"cust-9","product-code":"older",
            "offer-identifier":"{{agreement.GetProperty("offerId").GetString()}}","isFreeTrialTermPresent":"true"}
            """.ReplaceLineEndings(string.Empty),
            message.GetRawText());
    }

    [Theory]
    [InlineData("end")]
    [InlineData("resubscribe")]
    public async Task Step_OutOfTurn_IsRefusedAndChangesNothing(string step)
    {
        await using var market = await Marketplace.StartAsync();
        var agreement = await market.SubscribeAsync(Marketplace.Older);
        var before = await market.ToldAsync();

        Assert.Equal(409, (await market.StepAsync(agreement, step)).Status);
        Assert.Equal(before, await market.ToldAsync());
        Assert.Equal("Success", await market.MeterAsync(agreement, Marketplace.Older));
    }

    [Fact]
    public async Task Renew_Agreement_KeepsItsLicenceAndTellsOfIt()
    {
        await using var market = await Marketplace.StartAsync();
        var agreement = await market.SubscribeAsync(Marketplace.Older);
        var renewed = await market.StepAsync(agreement, "renew");

        Assert.Equal(
            agreement.GetProperty("licenseArn").GetString(), renewed.Json.GetProperty("licenseArn").GetString());
        Assert.Equal(
            ["Purchase Agreement Amended - Proposer", "Purchase Agreement Amended - Manufacturer",
                "License Updated - Manufacturer", "entitlement-updated"],
            (await market.ToldAsync())[4..]);
    }

    [Fact]
    public async Task LicenseEvent_Always_NamesEveryParty()
    {
        await using var market = await Marketplace.StartAsync();
        var agreement = await market.SubscribeAsync(Marketplace.Newer);
        var told = (await market.MessagesAsync())[^1];

        Assert.Equal("aws.agreement-marketplace", told.GetProperty("source").GetString());
        var detail = told.GetProperty("detail");
        Assert.Equal(Marketplace.Newer, detail.GetProperty("product").GetProperty("code").GetString());
        Assert.Equal(
            agreement.GetProperty("licenseArn").GetString(),
            detail.GetProperty("license").GetProperty("arn").GetString());
        Assert.Equal(Marketplace.Buyer, detail.GetProperty("acceptor").GetProperty("accountId").GetString());
    }

    [Fact]
    public async Task Meter_WithUsageBeforeTheHourOfTheAgreement_IsAnInvalidLicence()
    {
        await using var market = await Marketplace.StartAsync();
        var agreement = await market.SubscribeAsync(Marketplace.Newer);
        var (inHour, before) = (
            await MeterAtAsync(market, agreement, "2026-11-23T10:00:00Z"),
            await MeterAtAsync(market, agreement, "2026-11-23T09:59:59Z"));

        Assert.Equal((200, 400), (inHour.Status, before.Status));
        Assert.Equal("InvalidLicenseException", before.ErrorCode);
    }

    private static Task<Hosting.Reply> MeterAtAsync(Marketplace market, JsonElement agreement, string time) =>
        market.Fixture.Caller.MeterAsync(JsonSerializer.Serialize(new
        {
            UsageRecords = new[]
            {
                new
                {
                    Timestamp = DateTimeOffset.Parse(time, null).ToUnixTimeSeconds(),
                    CustomerAWSAccountId = Marketplace.Buyer,
                    LicenseArn = agreement.GetProperty("licenseArn").GetString(),
                    Dimension = "api_calls",
                },
            },
        }));

    private static bool IsEndForProposer(JsonElement message) =>
        message.TryGetProperty("detail-type", out var type)
        && type.GetString() is "Purchase Agreement Ended - Proposer";

    /// <summary>The clock runs its due work in the background; this waits until it is through.</summary>
    private static async Task<JsonElement[]> WaitForAsync(Marketplace market, string kind)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!(await market.ToldAsync()).Contains(kind))
            await Task.Delay(10, limit.Token); // polls for a condition
        return await market.MessagesAsync();
    }
}
