using Tally.Api.Tests.Stage;
using Tally.Contracts.Customers;
using Tally.Domain.Sealing;
using Tally.Domain.Time;

namespace Tally.Api.Tests.Endpoints;

public sealed class RecordTests(ApiStage stage)
{
    private const string Hour = "2026-11-22T09:00:00Z";
    private const string Refused = "InvalidUsageDimensionException: none (request 35155d37-56cb)";
    private const string Because = """{"reason":"because"}""";

    [Fact]
    public async Task List_ByState_ShowsWhatThePathOfAnActNeeds()
    {
        var seller = await Held("c", RecordState.Quarantined, Refused);
        var answer = await seller.Get("/v1/products/p/records?state=quarantined");

        Assert.Equal(
            """
            {"records":[{"customer":"c","dimension":"calls","hourStart":"2026-11-22T09:00:00+00:00",
            "awsDimension":"calls","timestamp":"2026-11-22T09:59:59+00:00","quantity":7,"state":"quarantined",
            "customerIdentifier":"c","reason":"InvalidUsageDimensionException: none (request 35155d37-56cb)",
            "awsRequestId":"35155d37-56cb","settledAt":"2026-11-22T10:30:00+00:00",
            "deadline":"2026-11-23T09:59:59+00:00"}]}
            """.ReplaceLineEndings(""),
            answer.Text);
        Assert.Equal(answer.Text, (await seller.Get("/v1/products/p/records")).Text);
        Assert.Equal(answer.Text, (await seller.Get("/v1/products/p/records?customer=c")).Text);
        foreach (var other in (string[])["state=parked", "state=expired", "state=written_off", "customer=nobody"])
        {
            Assert.Equal("""{"records":[]}""", (await seller.Get($"/v1/products/p/records?{other}")).Text);
        }
    }

    [Fact]
    public async Task List_ProductThatAllocates_ShowsThePartsOfEachRecord()
    {
        var seller = await stage.NewSeller();
        await seller.Put("/v1/products/p", """{"dimensions":{"calls":{}},"allocationTags":["team","env"]}""");
        const string Time = ",\"time\":\"2026-11-22T09:10:00Z\"";
        await seller.PostEvents(
            Seller.Event("1", quantity: "4", more: Time + ",\"tags\":{\"user\":\"u\",\"team\":\"a\",\"env\":\"live\"}"),
            Seller.Event("2", quantity: "2", more: Time + ",\"tags\":{\"team\":\"b\"}"),
            Seller.Event("3", quantity: "1", more: Time),
            Seller.Event("4", quantity: "2.5", more: Time + ",\"tags\":{\"team\":\"f\u00fcnf\"}"));
        var grain = stage.Grains.GetGrain<ICustomerGrain>($"{seller.Tenant}|p|c");
        await grain.Seal(MeteringPeriod.Hour.Of(ApiStage.Now).Previous.StartSeconds);
        const string Parts =
            """
            "allocations":[{"tags":{},"quantity":3},{"tags":{"env":"live","team":"a"},"quantity":4},
            {"tags":{"team":"b"},"quantity":2}],"mergedTags":2.5}
            """;

        foreach (var path in (string[])["records?state=waiting", "customers/c/usage"])
        {
            var answer = await seller.Get($"/v1/products/p/{path}");
            Assert.Contains(Parts.ReplaceLineEndings(""), answer.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task List_ManyCustomers_GoesThemByPages()
    {
        var seller = await Held("c00", RecordState.Parked, "CustomerNotSubscribed");
        for (var index = 1; index < 7; index++)
        {
            await Hold(seller, $"c{index:00}", index % 2 == 0 ? RecordState.Parked : RecordState.Expired, "because");
        }

        var (seen, pages) = (new List<string?>(), 0);
        string? after = "";
        do
        {
            var page = (await seller.Get($"/v1/products/p/records?state=parked&limit=2&after={after}")).Json;
            seen.AddRange(page.GetProperty("records").EnumerateArray()
                .Select(one => one.GetProperty("customer").GetString()));
            after = page.TryGetProperty("next", out var next) ? next.GetString() : null;
            pages++;
        }
        while (after is not null);

        Assert.Equal(["c00", "c02", "c04", "c06"], seen);
        Assert.Equal(4, pages);
    }

    [Theory]
    [InlineData("state=delivered")]
    [InlineData("state=Parked")]
    [InlineData("limit=0")]
    [InlineData("limit=201")]
    [InlineData("limit=x")]
    public async Task List_WrongQuery_IsInvalid(string query)
    {
        var seller = await stage.NewSeller();
        var answer = await seller.Get($"/v1/products/p/records?{query}");

        Assert.Equal((400, "invalid_parameter"), (answer.Status, answer.Code));
    }

    [Theory]
    [InlineData(RecordState.Parked)]
    [InlineData(RecordState.Quarantined)]
    public async Task Release_HeldRecord_WaitsAndSaysWhoAndWhy(RecordState held)
    {
        var seller = await Held("a/b c", held, "DuplicateRecord");
        var answer = await seller.Post(PathOf("a%2Fb%20c", "release"), Because);
        var again = await seller.Post(PathOf("a%2Fb%20c", "release"), Because);

        Assert.Equal((200, "waiting"), (answer.Status, answer.Json.GetProperty("state").GetString()));
        Assert.Equal(
            "released by test: because (before: DuplicateRecord)", answer.Json.GetProperty("reason").GetString());
        Assert.Equal((200, answer.Text), (again.Status, again.Text));
    }

    [Fact]
    public async Task Correct_QuarantinedRecord_IsListedUnderItsOldNameAndSentUnderTheNew()
    {
        var seller = await Held("c", RecordState.Quarantined, Refused);
        var answer = await seller.Post(
            PathOf("c", "correct"),
            """{"reason":"renamed","dimension":"gib","customerAWSAccountId":"123456789012"}""");
        Assert.True(answer.Status == 200, answer.Text);
        var shown = (await seller.Get("/v1/products/p/records?state=waiting")).Json.GetProperty("records")[0];

        Assert.Equal(
            ("calls", "gib", "123456789012", "35155d37-56cb"),
            (shown.GetProperty("dimension").GetString(),
                shown.GetProperty("awsDimension").GetString(),
                shown.GetProperty("customerAWSAccountId").GetString(),
                shown.GetProperty("awsRequestId").GetString()));
        Assert.False(shown.TryGetProperty("customerIdentifier", out _));
    }

    [Fact]
    public async Task WriteOff_ParkedRecord_IsItsOwnPartOfTheReconciliation()
    {
        var seller = await Held("c", RecordState.Parked, "CustomerNotSubscribed");
        var answer = await seller.Post(PathOf("c", "write-off"), Because);
        var dimension = (await seller.Get("/v1/products/p/reconciliation")).Json.GetProperty("dimensions")[0];
        var refused = await seller.Post(PathOf("c", "release"), Because);

        Assert.Equal((200, "written_off"), (answer.Status, answer.Json.GetProperty("state").GetString()));
        Assert.Equal(
            (7, 0), (dimension.GetProperty("writtenOff").GetInt32(), dimension.GetProperty("difference").GetInt32()));
        Assert.Equal((409, "record_state"), (refused.Status, refused.Code));
        Assert.Contains("The record is written_off.", refused.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("correct", "{}", "reason")]
    [InlineData("correct", """{"reason":"","dimension":"gib"}""", "reason")]
    [InlineData("correct", """{"reason":"x"}""", "dimension")]
    [InlineData("correct", """{"reason":"x","dimension":"Gib"}""", "dimension")]
    [InlineData("correct", """{"reason":"x","customerAWSAccountId":"x"}""", "customerAWSAccountId")]
    [InlineData("release", """{"reason":"x","dimension":"gib"}""", "dimension")]
    [InlineData("write-off", """{"reason":null}""", "reason")]
    public async Task Act_WrongBody_NamesTheField(string act, string body, string field)
    {
        var seller = await Held("c", RecordState.Quarantined, Refused);
        var answer = await seller.Post(PathOf("c", act), body);

        Assert.Equal((400, "invalid_body"), (answer.Status, answer.Code));
        Assert.Equal(field, answer.Json.GetProperty("errors")[0].GetProperty("field").GetString());
        Assert.Equal("quarantined", (await Shown(seller)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Correct_DimensionThatHasARecordOfTheHour_Collides()
    {
        var seller = await stage.NewSeller();
        await seller.PostEvents(EventAt("1", "c"), EventAt("2", "c").Replace("calls", "gib", StringComparison.Ordinal));
        await Settle(seller, "c", RecordState.Quarantined, Refused);
        var answer = await seller.Post(PathOf("c", "correct"), """{"reason":"x","dimension":"gib"}""");

        Assert.Equal((409, "record_collision"), (answer.Status, answer.Code));
    }

    [Theory]
    [InlineData("c", "calls", "2026-11-22T08:00:00Z", 404, "unknown_record")]
    [InlineData("c", "users", Hour, 404, "unknown_record")]
    [InlineData("c", "nothing", Hour, 404, "unknown_record")]
    [InlineData("d", "calls", Hour, 404, "unknown_record")]
    [InlineData("c", "calls", "2026-11-22T09:00:00", 400, "invalid_parameter")]
    [InlineData("c", "calls", "9", 400, "invalid_parameter")]
    [InlineData("c", "calls", "2026-11-22T10:00:00+01:00", 200, null)]
    public async Task Act_OtherRecord_IsNotFound(
        string customer, string dimension, string hour, int status, string? code)
    {
        var seller = await Held("c", RecordState.Quarantined, Refused);
        var answer = await seller.Post(
            $"/v1/products/p/customers/{customer}/records/{dimension}/{hour}/release", Because);

        Assert.Equal(status, answer.Status);
        Assert.Equal(code, answer.Status == 200 ? null : answer.Code);
    }

    private static string PathOf(string customer, string act) =>
        $"/v1/products/p/customers/{customer}/records/calls/{Hour}/{act}";

    private static string EventAt(string id, string customer) =>
        Seller.Event(id, customer, "7", ",\"time\":\"2026-11-22T09:10:00Z\"");

    private static async Task<System.Text.Json.JsonElement> Shown(Seller seller) =>
        (await seller.Get("/v1/products/p/customers/c/usage")).Json.GetProperty("records")[0];

    private async Task<Seller> Held(string customer, RecordState state, string reason)
    {
        var seller = await stage.NewSeller();
        await Hold(seller, customer, state, reason);
        return seller;
    }

    private async Task Hold(Seller seller, string customer, RecordState state, string reason)
    {
        await seller.PostEvents(EventAt("1", customer));
        await Settle(seller, customer, state, reason);
    }

    private async Task Settle(Seller seller, string customer, RecordState state, string reason)
    {
        var grain = stage.Grains.GetGrain<ICustomerGrain>($"{seller.Tenant}|p|{customer}");
        var hour = MeteringPeriod.Hour.Of(ApiStage.Now).Previous;
        var waiting = (await grain.Seal(hour.StartSeconds)).Waiting;
        await grain.Settle([.. waiting.Select(record =>
            new Settlement(record.Key, state, null, reason, ApiStage.Now))]);
    }
}
