using Tally.Api.Tests.Stage;
using Tally.Contracts.Customers;
using Tally.Contracts.Tenants;
using Tally.Domain.Sealing;
using Tally.Domain.Time;

namespace Tally.Api.Tests.Endpoints;

public sealed class ResourceTests(ApiStage stage)
{
    [Fact]
    public async Task PutProduct_Whole_IsShownAsItWasPut()
    {
        var seller = await stage.NewSeller();
        const string Json =
            """
            {
              "name": "Full", "late": { "mode": "refuse", "eventAgeMax": "72:30:05", "futureTolerance": "00:00:00",
                "previousMonth": "carry_forward" },
              "allocationTags": ["team", "cost/center"],
              "dimensions": {
                "a": { "aggregation": "sum", "rounding": "floor", "sendZero": true },
                "b": { "aggregation": "count", "rounding": "ceil" },
                "c": { "aggregation": "max", "rounding": "nearest" }, "d": { "aggregation": "last" },
                "e": { "aggregation": "unique_count", "uniqueTag": "user" }
              }
            }
            """;
        var put = await seller.Put("/v1/products/full", Json);
        var again = await seller.Put("/v1/products/full", Json);
        var got = await seller.Get("/v1/products/full");

        Assert.Equal(200, put.Status);
        Assert.Equal(put.Text, again.Text);
        Assert.Equal(put.Text, got.Text);
        Assert.Equal(
            """
            {"code":"full","name":"Full","version":1,"channel":"batch_meter_usage",
            "late":{"mode":"refuse","eventAgeMax":"72:30:05","futureTolerance":"00:00:00",
            "previousMonth":"carry_forward"},"flushShards":1,"allocationTags":["team","cost/center"],"dimensions":{
            "a":{"aggregation":"sum","rounding":"floor","retired":false,"sendZero":true},
            "b":{"aggregation":"count","rounding":"ceil","retired":false,"sendZero":false},
            "c":{"aggregation":"max","rounding":"nearest","retired":false,"sendZero":false},
            "d":{"aggregation":"last","rounding":"floor","retired":false,"sendZero":false},
            "e":{"aggregation":"unique_count","rounding":"floor","uniqueTag":"user","retired":false,
            "sendZero":false}}}
            """.ReplaceLineEndings(""),
            got.Text);
    }

    [Fact]
    public async Task PutProduct_Channel_StaysWhereItIsLeftOutAndCannotChange()
    {
        var seller = await stage.NewSeller();
        const string Json = """{"dimensions":{"a":{}},"channel":"meter_usage"}""";
        Assert.Equal(200, (await seller.Put("/v1/products/agent", Json)).Status);
        var later = await seller.Put("/v1/products/agent", """{"dimensions":{"a":{},"b":{}}}""");
        Assert.Equal("meter_usage", later.Json.GetProperty("channel").GetString());
        var changed = await seller.Put(
            "/v1/products/agent", """{"dimensions":{"a":{}},"channel":"batch_meter_usage"}""");
        Assert.Equal((400, "invalid_body"), (changed.Status, changed.Code));
        Assert.Contains("\"field\":\"channel\",\"code\":\"fixed\"", changed.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("p", """{"dimensions":{"a":{}},"channel":"carrier_pigeon"}""", "channel unknown_value")]
    [InlineData("p", """{"dimensions":{"a":{"aggregation":"mean"}}}""", "dimensions.a.aggregation unknown_value")]
    [InlineData("p", """{"dimensions":{"a":{"rounding":"up"}}}""", "dimensions.a.rounding unknown_value")]
    [InlineData("p", "{}", "dimensions required")]
    [InlineData("p", """{"dimensions":{"a":{}},"late":{"mode":"drop"}}""", "late.mode unknown_value")]
    [InlineData("p", """{"dimensions":{"a":{}},"late":{"previousMonth":"x"}}""", "late.previousMonth unknown_value")]
    [InlineData("p", """{"dimensions":{"a":{}},"late":{"eventAgeMax":"3 d"}}""", "late.eventAgeMax invalid_duration")]
    [InlineData("p", """{"dimensions":{"a":{}},"late":{"eventAgeMax":"00:00:59"}}""", "late.eventAgeMax out_of_range")]
    [InlineData("p", """{"dimensions":{"a":{},"b":{"uniqueTag":"u"}}}""", "dimensions.b.uniqueTag not_allowed")]
    [InlineData("p", """{"dimensions":{"calls":{"aggregation":"max"}}}""", "dimensions.calls.aggregation fixed")]
    [InlineData("p%20q", """{"dimensions":{"a":{}}}""", "product invalid_product_code")]
    [InlineData("p%7Cq", """{"dimensions":{"a":{}}}""", "product invalid_product_code")]
    [InlineData("p", """{"dimensions":{"a":{}},"colour":1}""", "colour invalid_form")]
    [InlineData("p", """{"dimensions":{"a":{}},"name":5}""", "name invalid_form")]
    [InlineData("p", """{"dimensions":{"a":{}},"allocationTags":["x","x"]}""", "allocationTags[1] duplicate")]
    [InlineData("p", """{"dimensions":{"a":{}},"allocationTags":["a,b"]}""", "allocationTags[0] invalid_name")]
    [InlineData("p", """{"dimensions":{"a":{}},"allocationTags":["a",null]}""", "allocationTags[1] invalid_name")]
    [InlineData("p", """{"dimensions":{"a":{}},"allocationTags":["1","2","3","4","5","6"]}""",
        "allocationTags too_many")]
    [InlineData("p", """{"dimensions":[]}""", "dimensions invalid_form")]
    [InlineData("p", "null", " invalid_form")]
    [InlineData("p", "[]", " invalid_form")]
    public async Task PutProduct_Invalid_SaysEveryField(string product, string json, string error)
    {
        var seller = await stage.NewSeller();
        var answer = await seller.Put($"/v1/products/{product}", json);

        Assert.Equal((400, "invalid_body"), (answer.Status, answer.Code));
        var errors = answer.Json.GetProperty("errors").EnumerateArray()
            .Select(one => $"{one.GetProperty("field").GetString()} {one.GetProperty("code").GetString()}");
        Assert.Contains(error, errors);
        Assert.Equal(1, (await seller.Get("/v1/products/p")).Json.GetProperty("version").GetInt32());
    }

    [Theory]
    [InlineData("""{"dimensions":{"a":{},"a":{}}}""", "invalid_body")]
    [InlineData("""{"name":"a","name":"b","dimensions":{"a":{}}}""", "invalid_body")]
    [InlineData("""{"dimensions":{"a":{}}""", "malformed_json")]
    [InlineData("", "malformed_json")]
    public async Task PutProduct_Unreadable_IsRefused(string json, string code)
    {
        var seller = await stage.NewSeller();
        var answer = await seller.Put("/v1/products/p", json);

        Assert.Equal((400, code), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task ListProducts_Several_AreListedAsTheyWereMade()
    {
        var seller = await stage.NewSeller();
        await seller.PutProduct("b/c");
        await seller.PutProduct("a");

        var products = (await seller.Get("/v1/products")).Json.GetProperty("products").EnumerateArray();
        Assert.Equal(["p", "b/c", "a"], products.Select(product => product.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Post_DimensionMadeElsewhere_IsFoundAfterASecond()
    {
        await using var elsewhere = await stage.Open();
        var seller = await stage.NewSeller();
        Assert.Equal(200, (await (seller with { Api = elsewhere }).PostEvents(Seller.Event("warm"))).Status);
        await seller.PutProduct("p", Seller.Dimensions + ", \"new\": {}");
        var fresh = Seller.Event("1").Replace("calls", "new", StringComparison.Ordinal);
        var there = seller with { Api = elsewhere };

        Assert.Equal(1, (await seller.PostEvents(fresh)).Json.GetProperty("accepted").GetInt32());
        var early = await there.PostEvents(fresh.Replace("\"1\"", "\"2\"", StringComparison.Ordinal));
        Assert.Equal("unknown_dimension", early.Json.GetProperty("rejected")[0].GetProperty("code").GetString());
        elsewhere.Time.Advance(TimeSpan.FromSeconds(1.1));
        var late = await there.PostEvents(fresh.Replace("\"1\"", "\"2\"", StringComparison.Ordinal), Seller.Event("3"));
        Assert.Equal(2, late.Json.GetProperty("accepted").GetInt32());
    }

    [Fact]
    public async Task Post_ProductMadeElsewhere_IsFoundAfterASecond()
    {
        await using var elsewhere = await stage.Open();
        var seller = await stage.NewSeller();
        var there = seller with { Api = elsewhere };
        var fresh = Seller.Event("1").Replace("\"p\"", "\"q\"", StringComparison.Ordinal);
        Assert.Equal(0, (await there.PostEvents(fresh)).Json.GetProperty("accepted").GetInt32());
        await seller.PutProduct("q");
        Assert.Equal(0, (await there.PostEvents(fresh)).Json.GetProperty("accepted").GetInt32());
        elsewhere.Time.Advance(TimeSpan.FromSeconds(1.1));
        Assert.Equal(1, (await there.PostEvents(fresh)).Json.GetProperty("accepted").GetInt32());
    }

    [Fact]
    public async Task Post_ManyProducts_EachIsJudgedByItself()
    {
        var seller = await stage.NewSeller();
        foreach (var index in Enumerable.Range(0, 12))
        {
            await seller.PutProduct($"p-{index}");
        }

        var answer = await seller.PostEvents([
            .. Enumerable.Range(0, 60).Select(index => Seller.Event($"{index}")
                .Replace("\"p\"", $"\"p-{index % 20}\"", StringComparison.Ordinal)),
        ]);
        Assert.Equal(36, answer.Json.GetProperty("accepted").GetInt32());
        Assert.All(answer.Json.GetProperty("rejected").EnumerateArray(), one =>
        {
            Assert.True(one.GetProperty("index").GetInt32() % 20 >= 12);
            Assert.Equal("unknown_product", one.GetProperty("code").GetString());
        });
    }

    [Theory]
    [InlineData("{}", "\"customerIdentifier\":\"c\"")]
    [InlineData("""{"name":"N","customerIdentifier":"x y"}""", "\"name\":\"N\",\"customerIdentifier\":\"x y\"")]
    [InlineData("""{"customerAWSAccountId":"123456789012"}""", "\"customerAWSAccountId\":\"123456789012\"")]
    [InlineData(
        """{"customerAWSAccountId":"1","licenseArn":"arn:aws:license-manager::123:license:l-1"}""",
        "\"customerAWSAccountId\":\"1\",\"licenseArn\":\"arn:aws:license-manager::123:license:l-1\"")]
    public async Task PutCustomer_OneIdentity_IsShown(string json, string shown)
    {
        var seller = await stage.NewSeller();
        var put = await seller.Put("/v1/products/p/customers/c", json);

        Assert.Equal($$"""{"customer":"c",{{shown}}}""", put.Text);
        Assert.Equal(put.Text, (await seller.Get("/v1/products/p/customers/c")).Text);
    }

    [Theory]
    [InlineData("""{"customerIdentifier":""}""", "customerIdentifier invalid_form")]
    [InlineData("""{"customerIdentifier":"a","customerAWSAccountId":"1"}""", "customerAWSAccountId not_allowed")]
    [InlineData("""{"customerAWSAccountId":"12a"}""", "customerAWSAccountId invalid_form")]
    [InlineData("""{"customerAWSAccountId":"1\n"}""", "customerAWSAccountId invalid_form")]
    [InlineData("""{"customerAWSAccountId":"１"}""", "customerAWSAccountId invalid_form")]
    [InlineData("""{"customerAWSAccountId":"1","licenseArn":"aws:x"}""", "licenseArn invalid_form")]
    [InlineData("""{"licenseArn":"arn:aws:license-manager::1:license:l"}""", "licenseArn not_allowed")]
    public async Task PutCustomer_NoOneIdentity_IsRefused(string json, string error)
    {
        var seller = await stage.NewSeller();
        var answer = await seller.Put("/v1/products/p/customers/c", json);

        Assert.Equal((400, "invalid_body"), (answer.Status, answer.Code));
        var told = answer.Json.GetProperty("errors")[0];
        Assert.Equal(error, $"{told.GetProperty("field").GetString()} {told.GetProperty("code").GetString()}");
        Assert.Equal("unknown_customer", (await seller.Get("/v1/products/p/customers/c")).Code);
    }

    [Fact]
    public async Task ListCustomers_Paged_IsWhole()
    {
        var seller = await stage.NewSeller();
        await seller.PostEvents([.. Enumerable.Range(0, 25).Select(index => Seller.Event("1", $"c{index:00} &?"))]);
        var seen = new List<string?>();
        string? after = null;
        do
        {
            var page = await seller.Get(
                $"/v1/products/p/customers?limit=10{(after is null ? "" : $"&after={Uri.EscapeDataString(after)}")}");
            seen.AddRange(page.Json.GetProperty("customers").EnumerateArray().Select(one => one.GetString()));
            after = page.Json.TryGetProperty("next", out var next) ? next.GetString() : null;
        }
        while (after is not null);

        Assert.Equal(Enumerable.Range(0, 25).Select(index => $"c{index:00} &?"), seen);
        foreach (var limit in (string[])["0", "1001", "-1", "x", "1&limit=2"])
        {
            var answer = await seller.Get($"/v1/products/p/customers?limit={limit}");
            Assert.Equal((400, "invalid_parameter"), (answer.Status, answer.Code));
        }
    }

    [Fact]
    public async Task GetUsage_OpenAndSealed_ShowsExactQuantitiesAndReceipts()
    {
        var seller = await stage.NewSeller();
        await seller.PostEvents(
            Seller.Event("1", quantity: "9000000000000"),
            Seller.Event("2", quantity: "0.000001"),
            Seller.Event("3", quantity: "7.25", more: ",\"time\":\"2026-11-22T09:10:00Z\""));
        var grain = stage.Grains.GetGrain<ICustomerGrain>($"{seller.Tenant}|p|c");
        var hour = MeteringPeriod.Hour.Of(ApiStage.Now).Previous;
        var record = Assert.Single((await grain.Seal(hour.StartSeconds)).Waiting);
        await grain.Settle([new(record.Key, RecordState.Delivered, "receipt", "Success", ApiStage.Now)]);
        var usage = await seller.Get("/v1/products/p/customers/c/usage");

        Assert.Contains("\"quantity\":9000000000000.000001,", usage.Text, StringComparison.Ordinal);
        var shown = usage.Json.GetProperty("records")[0];
        Assert.Equal(
            ("calls", 7, "delivered", "receipt", "c"),
            (shown.GetProperty("dimension").GetString(),
                shown.GetProperty("quantity").GetInt32(),
                shown.GetProperty("state").GetString(),
                shown.GetProperty("meteringRecordId").GetString(),
                shown.GetProperty("customerIdentifier").GetString()));
        Assert.Equal("2026-11-22T09:59:59+00:00", shown.GetProperty("timestamp").GetString());
        var reconciliation = await seller.Get("/v1/products/p/reconciliation");
        Assert.Equal(
            """
            {"product":"p","balanced":true,"dimensions":[{"dimension":"calls","accepted":9000000000007.250001,
            "rounding":0,"delivered":7,"open":9000000000000.000001,"waiting":0,"parked":0,"quarantined":0,"held":0,
            "expired":0,"writtenOff":0,"shadowed":0,"carried":0.25,"difference":0}]}
            """.ReplaceLineEndings(""),
            reconciliation.Text);
    }

    [Fact]
    public async Task GetStatus_Product_IsShown()
    {
        var seller = await stage.NewSeller();
        await seller.PostEvents(Seller.Event("1"));

        Assert.Equal(
            """
            {"product":"p","customers":1,"activeCustomers":1,"waiting":0,"parked":0,"delivered":1,"quarantined":2,
            "expired":3,"nextSeal":"1970-01-01T01:00:00+00:00","problem":"no credentials",
            "suspended":{"code":"AccessDenied","reason":"no credentials","awsRequestId":"request-1",
            "since":"1970-01-01T01:00:00+00:00","nextProbe":"1970-01-01T01:00:00+00:00"}}
            """.ReplaceLineEndings(""),
            (await seller.Get("/v1/products/p/status")).Text);
    }

    [Fact]
    public async Task Tenants_MadeByTheOperator_GetKeysThatWork()
    {
        var home = await stage.NewTenant();
        var key = await stage.NewKey(home, ApiScopes.All);
        var platform = new Seller(stage.Api, home, key);
        var name = home + "-child";
        Assert.Equal("unknown_tenant", (await platform.Get($"/v1/tenants/{name}")).Code);
        Assert.Equal("unknown_tenant", (await platform.Post($"/v1/tenants/{name}/keys", "{}")).Code);
        Assert.Equal("unknown_tenant", (await platform.Get("/v1/tenants/No%7CTenant")).Code);
        Assert.Equal("invalid_parameter", (await platform.Put("/v1/tenants/No%7CTenant", "{}")).Code);

        Assert.Equal(200, (await platform.Put($"/v1/tenants/{name}", """{"title":"Child"}""")).Status);
        Assert.Equal(
            $$"""{"name":"{{name}}","title":"Child","products":[]}""",
            (await platform.Get($"/v1/tenants/{name}")).Text);
        var tenants = (await platform.Get("/v1/tenants")).Json.GetProperty("tenants").EnumerateArray();
        Assert.Contains(name, tenants.Select(one => one.GetString()));
        var made = await platform.Post($"/v1/tenants/{name}/keys", """{"name":"first","scopes":["ingest","admin"]}""");
        Assert.Equal(201, made.Status);
        Assert.Equal("no-store", made.Headers.CacheControl?.ToString());
        var child = new Seller(stage.Api, name, made.Json.GetProperty("secret").GetString()!);
        await child.PutProduct("p");
        Assert.Equal(1, (await child.PostEvents(Seller.Event("1"))).Json.GetProperty("accepted").GetInt32());
    }

    [Theory]
    [InlineData("{}", "name required", "scopes required")]
    [InlineData("""{"name":"","scopes":[]}""", "name required", "scopes required")]
    [InlineData("""{"name":"n","scopes":["root"]}""", "scopes unknown_value", "scopes unknown_value")]
    public async Task CreateKey_Invalid_SaysEveryField(string json, string first, string last)
    {
        var seller = await stage.NewSeller();
        var answer = await seller.Post("/v1/keys", json);
        var errors = answer.Json.GetProperty("errors").EnumerateArray()
            .Select(one => $"{one.GetProperty("field").GetString()} {one.GetProperty("code").GetString()}")
            .ToList();

        Assert.Equal((400, "invalid_body"), (answer.Status, answer.Code));
        Assert.Equal((first, last), (errors[0], errors[^1]));
    }
}
