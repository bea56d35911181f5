using Tally.Api.Tests.Stage;

namespace Tally.Api.Tests.Endpoints;

public sealed class StandingTests(ApiStage stage)
{
    private const string Reason = """{"reason":"the store is moved"}""";

    [Fact]
    public async Task Freeze_ThenThaw_IsShown()
    {
        var seller = await stage.NewSeller();
        Assert.Equal("""{"phase":"open"}""", (await seller.Get("/v1/tenant/standing")).Text);
        var freezing = await seller.Post("/v1/tenant/freeze", Reason);
        Assert.Equal("freezing", freezing.Json.GetProperty("phase").GetString());
        const string Frozen =
            """{"phase":"frozen","since":"2026-11-22T10:30:00+00:00","reason":"the store is moved"}""";
        Assert.Equal(Frozen, (await seller.Get("/v1/tenant/standing")).Text);

        Assert.Equal(
            """{"phase":"open","since":"2026-11-22T10:30:00+00:00"}""",
            (await seller.Post("/v1/tenant/thaw", "{}")).Text);
    }

    [Fact]
    public async Task MarkMoved_ThawedOnlyByForce()
    {
        var seller = await stage.NewSeller();
        const string To = """{"to":"https://tally.example.com"}""";
        var open = await seller.Post("/v1/tenant/moved", To);
        Assert.Equal((409, "tenant_standing"), (open.Status, open.Code));
        await seller.Post("/v1/tenant/freeze", Reason);
        await seller.Get("/v1/tenant/standing");
        Assert.Equal("moved", (await seller.Post("/v1/tenant/moved", To)).Json.GetProperty("phase").GetString());
        var refused = await seller.Post("/v1/tenant/thaw", "{}");
        Assert.Equal((409, "tenant_standing"), (refused.Status, refused.Code));

        Assert.Equal(200, (await seller.Post("/v1/tenant/thaw", """{"force":true}""")).Status);
    }

    [Theory]
    [InlineData("/v1/tenant/freeze", "{}", "reason")]
    [InlineData("/v1/tenant/freeze", """{"reason":""}""", "reason")]
    [InlineData("/v1/tenant/moved", "{}", "to")]
    public async Task Change_BadBody_SaysWhatAndChangesNothing(string path, string body, string field)
    {
        var seller = await stage.NewSeller();
        var answer = await seller.Post(path, body);

        Assert.Equal(400, answer.Status);
        var error = Assert.Single(answer.Json.GetProperty("errors").EnumerateArray());
        Assert.Equal(field, error.GetProperty("field").GetString());
        Assert.Equal("""{"phase":"open"}""", (await seller.Get("/v1/tenant/standing")).Text);
    }
}
