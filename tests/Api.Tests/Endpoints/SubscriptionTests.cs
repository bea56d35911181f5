using Tally.Api.Tests.Stage;

namespace Tally.Api.Tests.Endpoints;

public sealed class SubscriptionTests(ApiStage stage)
{
    private const string Path = "/v1/products/p/customers/c/subscription";

    [Fact]
    public async Task Change_UnsubscribePending_IsShownAndUsageIsRefused()
    {
        var seller = await stage.NewSeller();
        await seller.PutProduct("p");
        Assert.Equal(1, (await seller.PostEvents(Seller.Event("1"))).Json.GetProperty("accepted").GetInt32());
        var answer = await seller.Post(Path, """{"word":"unsubscribe_pending","at":"2026-11-22T12:20:00+02:00"}""");
        const string Expected =
            """{"customer":"c","word":"unsubscribe_pending","at":"2026-11-22T10:20:00+00:00","takesUsage":false}""";
        Assert.Equal(Expected, answer.Text);
        Assert.Equal(Expected, (await seller.Get(Path)).Text);
        var late = await seller.PostEvents(Seller.Event("1"), Seller.Event("2"));

        Assert.Equal(1, late.Json.GetProperty("duplicates").GetInt32());
        Assert.Equal("not_subscribed", late.Json.GetProperty("rejected")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task Change_OlderWord_ChangesNothing()
    {
        var seller = await stage.NewSeller();
        await seller.PutProduct("p");
        await seller.Post(Path, """{"word":"unsubscribed","at":"2026-11-22T10:20:00Z"}""");
        var answer = await seller.Post(Path, """{"word":"subscribed","at":"2026-11-22T10:19:59Z"}""");
        Assert.Equal("unsubscribed", answer.Json.GetProperty("word").GetString());
        answer = await seller.Post(Path, """{"word":"subscribed"}""");
        Assert.Equal("subscribed", answer.Json.GetProperty("word").GetString());
    }

    [Theory]
    [InlineData("""{}""", "word", "unknown_value")]
    [InlineData("""{"word":"Subscribed"}""", "word", "unknown_value")]
    [InlineData("""{"word":"subscribed","at":"2099-01-01T00:00:00Z"}""", "at", "from_the_future")]
    public async Task Change_BadBody_SaysWhatAndChangesNothing(string body, string field, string code)
    {
        var seller = await stage.NewSeller();
        await seller.PutProduct("p");
        var answer = await seller.Post(Path, body);

        Assert.Equal(400, (int)answer.Status);
        var error = Assert.Single(answer.Json.GetProperty("errors").EnumerateArray());
        Assert.Equal((field, code), (error.GetProperty("field").GetString(), error.GetProperty("code").GetString()));
        Assert.Equal("unknown_customer", (await seller.Get(Path)).Json.GetProperty("code").GetString());
    }
}
