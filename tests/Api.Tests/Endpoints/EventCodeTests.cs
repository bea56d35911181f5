using System.Text.Json;
using System.Text.RegularExpressions;
using Tally.Api.Errors;
using Tally.Api.Events;
using Tally.Api.Tests.Stage;
using Tally.Contracts.Customers;
using Tally.Domain.Time;

namespace Tally.Api.Tests.Endpoints;

public sealed partial class EventCodeTests(ApiStage stage)
{
    private const string Good = "\"id\":\"i\",\"product\":\"p\",\"customer\":\"c\",\"dimension\":\"calls\"";

    public static TheoryData<string, string, string> Refusals => new()
    {
        { "not_an_object", "[]", "JSON object" },
        { "not_an_object", "\"text\"", "JSON object" },
        { "not_an_object", "null", "JSON object" },
        { "unknown_field", $$"""{{{Good}},"quantity":1,"colour":"red"}""", "'colour'" },
        { "unknown_field", $$"""{{{Good}},"quantity":1,"Id":"x"}""", "'Id'" },
        { "unknown_field", $$"""{{{Good}},"quantity":1,"\ud800":1}""", "field" },
        { "duplicate_field", $$"""{{{Good}},"quantity":1,"id":"i"}""", "'id'" },
        { "duplicate_field", "{" + Good + ",\"quantity\":1,\"quantit\\u0079\":{\"a\":[1]}}", "'quantity'" },
        { "missing_field", """{"product":"p","customer":"c","dimension":"calls","quantity":1}""", "'id'" },
        { "missing_field", """{"id":"i","customer":"c","dimension":"calls","quantity":1}""", "'product'" },
        { "missing_field", """{"id":"i","product":"p","dimension":"calls","quantity":1}""", "'customer'" },
        { "missing_field", """{"id":"i","product":"p","customer":"c","quantity":1}""", "'dimension'" },
        { "missing_field", $$"""{{{Good}}}""", "'quantity'" },
        { "invalid_id", With("id", "\"\""), "1 to 255" },
        { "invalid_id", With("id", "7"), "1 to 255" },
        { "invalid_id", With("id", "null"), "1 to 255" },
        { "invalid_id", With("id", "{\"a\":[1,{}]}"), "1 to 255" },
        { "invalid_id", With("id", "\"\\ud800\""), "1 to 255" },
        { "invalid_id", With("id", "\"\\udc00\\ud800\""), "1 to 255" },
        { "invalid_id", With("id", $"\"{new string('x', 256)}\""), "1 to 255" },
        { "invalid_id", With("id", $"\"{new string('é', 256)}\""), "1 to 255" },
        { "invalid_customer", With("customer", "\"\""), "1 to 255" },
        { "invalid_customer", With("customer", "true"), "1 to 255" },
        { "invalid_customer", With("customer", "\"a\\udfff\""), "1 to 255" },
        { "invalid_tags", With("tags", "null"), "20 strings" },
        { "invalid_tags", With("tags", "[]"), "20 strings" },
        { "invalid_tags", With("tags", "{\"a\":1}"), "20 strings" },
        { "invalid_tags", With("tags", "{\"a\":{\"b\":\"c\"}}"), "20 strings" },
        { "invalid_tags", With("tags", "{\"\":\"x\"}"), "20 strings" },
        { "invalid_tags", With("tags", "{\"a\":\"x\",\"a\":\"x\"}"), "20 strings" },
        { "invalid_tags", With("tags", "{\"a\":\"\\u0000\"}"), "20 strings" },
        { "invalid_tags", With("tags", "{\"a\":\"\\udead\"}"), "20 strings" },
        { "invalid_tags", With("tags", $"{{\"{new string('k', 101)}\":\"x\"}}"), "20 strings" },
        { "invalid_tags", With("tags", $"{{\"a\":\"{new string('v', 257)}\"}}"), "20 strings" },
        { "invalid_tags", With("tags", Tags(21)), "20 strings" },
        { "unknown_product", With("product", "\"nope\""), "'nope'" },
        { "unknown_product", With("product", "\"nope|p\""), "'nope|p'" },
        { "unknown_product", With("product", "5"), "names a product" },
        { "unknown_dimension", With("dimension", "\"Calls\""), "'Calls'" },
        { "unknown_dimension", With("dimension", "\"\""), "names a dimension" },
        { "unknown_dimension", With("dimension", "[1]"), "names a dimension" },
        { "missing_unique_tag", With("dimension", "\"users\""), "'user'" },
        { "invalid_quantity", With("quantity", "\"1\""), "JSON number" },
        { "invalid_quantity", With("quantity", "null"), "JSON number" },
        { "invalid_quantity", With("quantity", "[[1]]"), "JSON number" },
        { "negative_quantity", With("quantity", "-0.000001"), "below zero" },
        { "quantity_too_large", With("quantity", "9000000000000.000001"), "9000000000000" },
        { "quantity_too_large", With("quantity", "1e400"), "9000000000000" },
        { "quantity_too_precise", With("quantity", "0.0000001"), "six decimals" },
        { "invalid_time", With("time", "\"2026-11-22T10:20:30\""), "offset" },
        { "invalid_time", With("time", "1795342830"), "offset" },
        { "invalid_time", With("time", "null"), "offset" },
        { "invalid_time", With("time", "\"2026-02-29T10:20:30Z\""), "offset" },
        { "from_the_future", With("time", "\"2026-11-22T10:35:01Z\""), "ahead" },
        { "too_old", With("time", "\"2026-11-19T10:29:59Z\""), "longer ago" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Post_BadEvent_IsRejectedWithItsCode(string code, string bad, string said)
    {
        var seller = await stage.NewSeller();
        var answer = await seller.PostEvents(Seller.Event("good"), bad);

        Assert.True(answer.Status == 200, answer.Text);
        Assert.Equal(1, answer.Json.GetProperty("accepted").GetInt32());
        var rejected = Assert.Single(answer.Json.GetProperty("rejected").EnumerateArray());
        Assert.Equal((1, code), (rejected.GetProperty("index").GetInt32(), rejected.GetProperty("code").GetString()));
        var message = rejected.GetProperty("message").GetString()!;
        Assert.Contains(said, message, StringComparison.Ordinal);
        Assert.Matches(@"^[A-Z][^.]*(\.[^ .][^.]*)*\.$", message.Replace("RFC 3339", "RFC", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("refused", 403, "not_entitled", "CustomerNotEntitledException")]
    [InlineData("unasked", 503, "entitlement_unknown", "ThrottlingException")]
    [InlineData("frozen", 503, "tenant_frozen", "moving")]
    public async Task Post_Refused_NothingIsAcknowledged(
        string customer, int status, string code, string said)
    {
        var seller = await stage.NewSeller();
        var answer = await seller.PostEvents(Seller.Event("a", customer), Seller.Event("b", customer));

        Assert.Equal((status, code), (answer.Status, answer.Code));
        Assert.Contains(said, answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(status == 503, answer.Headers.RetryAfter is not null);
    }

    [Fact]
    public async Task Post_CustomersOfADeployedProduct_OnlyTheBuyerItselfIsTaken()
    {
        var seller = await stage.NewSeller();
        await seller.Put("/v1/products/agent", """{"dimensions":{"calls":{}},"channel":"meter_usage"}""");
        var answer = await seller.PostEvents(
            Deployed("self", "calls"), Deployed("\\u0073elf", "calls"), Deployed("acme", "nope"));

        Assert.Equal(1, answer.Json.GetProperty("accepted").GetInt32());
        Assert.Equal(1, answer.Json.GetProperty("duplicates").GetInt32());
        var rejected = Assert.Single(answer.Json.GetProperty("rejected").EnumerateArray());
        Assert.Equal("other_customer", rejected.GetProperty("code").GetString());
        Assert.Contains("'self'", rejected.GetProperty("message").GetString(), StringComparison.Ordinal);

        static string Deployed(string customer, string dimension) =>
            $$"""
            {"id":"{{customer}}","product":"agent","customer":"{{customer}}","dimension":"{{dimension}}","quantity":1}
            """;
    }

    [Theory]
    [InlineData("\"quantity\":9000000000000")]
    [InlineData("\"quantity\":9e12")]
    [InlineData("\"quantity\":0.000001")]
    [InlineData("\"quantity\":-0")]
    [InlineData("\"quantity\":1.5000000000")]
    [InlineData("\"quantity\":1,\"time\":\"2026-11-22T10:35:00Z\"")]
    [InlineData("\"quantity\":1,\"time\":\"2026-11-22t10:20:30.123456789+23:59\"")]
    [InlineData("\"quantity\":1,\"tags\":{}")]
    [InlineData("\"quantity\":1,\"tags\":{\"b\":\"\",\"\\u0061\":\"x\\n\\\"y\"}")]
    [InlineData("\"quantit\\u0079\":1")]
    public async Task Post_EdgeOfGood_IsAccepted(string rest)
    {
        var seller = await stage.NewSeller();
        var answer = await seller.PostEvents($$"""{{{Good}},{{rest}}}""");

        Assert.Equal("""{"accepted":1,"duplicates":0,"rejected":[]}""", answer.Text);
    }

    [Fact]
    public async Task Post_LimitsOfNames_AreAccepted()
    {
        var seller = await stage.NewSeller();
        var emoji = string.Concat(Enumerable.Repeat("😀", 127)) + "x";
        var answer = await seller.PostEvents(
            Seller.Event(new string('é', 255), emoji),
            Seller.Event(emoji, new string('漢', 255), more: $",\"tags\":{Tags(20)}"));

        Assert.Equal("""{"accepted":2,"duplicates":0,"rejected":[]}""", answer.Text);
    }

    [Theory]
    [InlineData("shape", "\"id\":5,\"product\":\"x\",\"dimension\":\"y\",\"quantity\":-1,\"time\":1", "invalid_id")]
    [InlineData("product", "\"product\":\"x\",\"dimension\":\"y\",\"quantity\":-1,\"time\":1", "unknown_product")]
    [InlineData("dimension", "\"dimension\":\"y\",\"quantity\":-1,\"time\":1", "unknown_dimension")]
    [InlineData("quantity", "\"quantity\":-1,\"time\":1", "negative_quantity")]
    [InlineData("time", "\"quantity\":1,\"time\":1", "invalid_time")]
    public async Task Post_SeveralThingsWrong_TheFirstStageIsTold(string stageName, string wrong, string code)
    {
        var seller = await stage.NewSeller();
        string[] all = ["\"id\":\"i\"", "\"product\":\"p\"", "\"customer\":\"c\"", "\"dimension\":\"calls\""];
        var members = all.Where(one => !wrong.Contains(one.Split(':')[0], StringComparison.Ordinal)).Append(wrong);
        var answer = await seller.PostEvents($$"""{{{string.Join(',', members)}}}""");

        var told = answer.Json.GetProperty("rejected")[0].GetProperty("code").GetString();
        Assert.True(code == told, $"{stageName}: {answer.Text}");
    }

    [Fact]
    public async Task Post_LateIntoAClosedHour_IsRefusedWhereTheProductSaysSo()
    {
        var seller = await stage.NewSeller();
        await seller.Put("/v1/products/strict", """{"dimensions":{"calls":{}},"late":{"mode":"refuse"}}""");
        var early = """{"id":"1","product":"strict","customer":"c","dimension":"calls","quantity":1}""";
        Assert.Equal(1, (await seller.PostEvents(early)).Json.GetProperty("accepted").GetInt32());
        var hour = MeteringPeriod.Hour.Of(ApiStage.Now);
        await stage.Grains.GetGrain<ICustomerGrain>($"{seller.Tenant}|strict|c").Seal(hour.StartSeconds);
        var late = early.Replace("\"1\"", "\"2\"", StringComparison.Ordinal);
        var answer = await seller.PostEvents(late);

        Assert.Equal("hour_closed", answer.Json.GetProperty("rejected")[0].GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("refuse", "month_closed", null)]
    [InlineData("carry_forward", null, "2.5")]
    public async Task Post_OfAPreviousMonth_IsRefusedOrMarkedAsTheProductSays(string mode, string? code, string? marked)
    {
        var seller = await stage.NewSeller();
        await seller.Put(
            "/v1/products/m",
            $$"""{"late": {"previousMonth": "{{mode}}", "eventAgeMax": "800:00:00" }, "dimensions":{"calls":{} } }""");
        var answer = await seller.PostEvents(
            """
            {"id":"1","product":"m","customer":"c","dimension":"calls","quantity":2.5,"time":"2026-10-31T10:00:00Z"}
            """,
            """{"id":"2","product":"m","customer":"c","dimension":"calls","quantity":1}""");
        var usage = await seller.Get("/v1/products/m/customers/c/usage");

        var rejected = answer.Json.GetProperty("rejected").EnumerateArray();
        Assert.Equal(code, rejected.Select(one => one.GetProperty("code").GetString()).SingleOrDefault());
        var isMarked = usage.Json.GetProperty("open")[0].TryGetProperty("carriedFromPreviousMonth", out var mark);
        Assert.Equal(marked, isMarked ? mark.GetRawText() : null);
    }

    [Fact]
    public async Task Post_RetiredDimension_IsUnknown()
    {
        var seller = await stage.NewSeller();
        await seller.PutProduct("p", "\"other\": {}");
        var answer = await seller.PostEvents(Seller.Event("a"));

        Assert.Equal("unknown_dimension", answer.Json.GetProperty("rejected")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task Post_SameIdOtherContent_Conflicts()
    {
        var seller = await stage.NewSeller();
        const string Timed = ",\"time\":\"2026-11-22T10:00:00Z\"";
        const string Tagged = ",\"tags\":{\"a\":\"1\",\"b\":\"2\"}";
        await seller.PostEvents(Seller.Event("t", more: Timed), Seller.Event("g", more: Tagged), Seller.Event("n"));
        var same = await seller.PostEvents(
            Seller.Event("t", more: ",\"time\":\"2026-11-22T12:00:00.0000+02:00\""),
            Seller.Event("g", quantity: "1.0", more: ",\"tags\":{\"b\":\"2\",\"\\u0061\":\"1\"}"),
            Seller.Event("n", quantity: "100e-2", more: ",\"tags\":{}"));
        var other = await seller.PostEvents(
            Seller.Event("t"),
            Seller.Event("t", more: ",\"time\":\"2026-11-22T10:00:01Z\""),
            Seller.Event("g", more: ",\"tags\":{\"a\":\"1\",\"b\":\"3\"}"),
            Seller.Event("n", more: Timed),
            Seller.Event("n", quantity: "1.000001"),
            Seller.Event("n").Replace("calls", "gib", StringComparison.Ordinal));

        Assert.Equal("""{"accepted":0,"duplicates":3,"rejected":[]}""", same.Text);
        Assert.All(
            other.Json.GetProperty("rejected").EnumerateArray(),
            one => Assert.Equal("conflicting_event", one.GetProperty("code").GetString()));
        Assert.Equal(6, other.Json.GetProperty("rejected").GetArrayLength());
    }

    [Fact]
    public void EveryCode_IsInTheTestsAndInTheReference()
    {
        var codes = Enum.GetValues<EventCode>().Skip(1).Select(EventCodes.NameOf).ToList();
        string[] elsewhere = ["hour_closed", "month_closed", "conflicting_event", "not_subscribed", "other_customer"];
        var refused = Refusals.Concat(CloudEventCodeTests.Refusals).Select(row => row.Data.Item1);
        Assert.Empty(codes.Except(refused).Except(elsewhere));

        var documented = CodePattern().Matches(Reference()).Select(match => match.Groups["code"].Value).ToList();
        Assert.Equal(codes, documented.Take(codes.Count));
        Assert.Equal(ProblemCode.All.Select(kind => kind.Code), documented.Skip(codes.Count));
        Assert.All(ProblemCode.All, kind =>
            Assert.Contains($"| {kind.Status} | `{kind.Code}` |", Reference(), StringComparison.Ordinal));
    }

    private static string Reference()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Platform.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return File.ReadAllText(Path.Combine(folder, "docs", "api.md"));
    }

    private static string Tags(int count) =>
        JsonSerializer.Serialize(Enumerable.Range(0, count).ToDictionary(index => $"k{index}", index => "v"));

    private static string With(string field, string value)
    {
        var members = new Dictionary<string, string>
        {
            ["id"] = "\"i\"",
            ["product"] = "\"p\"",
            ["customer"] = "\"c\"",
            ["dimension"] = "\"calls\"",
            ["quantity"] = "1",
            [field] = value,
        };
        members[field] = value;
        return $"{{{string.Join(',', members.Select(pair => $"\"{pair.Key}\":{pair.Value}"))}}}";
    }

    [GeneratedRegex(@"^\|( \d+ \|)? `(?<code>[a-z]+(_[a-z]+)*)` \| [A-Z]", RegexOptions.Multiline)]
    private static partial Regex CodePattern();
}
