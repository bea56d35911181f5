using System.Text;
using Tally.Api.Tests.Stage;
using Tally.Contracts.Customers;
using Tally.Domain.Time;

namespace Tally.Api.Tests.Endpoints;

/// <summary>Events that name a meter in place of a dimension.</summary>
public sealed class MeterTests(ApiStage stage)
{
    private const string Meters =
        """
        {
          "dimensions": { "gb_hours": {}, "peak": { "aggregation": "max" }, "calls": { "aggregation": "count" } },
          "meters": {
            "storage.bytes": { "dimension": "gb_hours", "divide": 1073741824, "value": "usage.bytes" },
            "blocks": { "dimension": "gb_hours", "multiply": 4, "divide": 1048576 },
            "peak.bytes": { "dimension": "peak", "divide": 1073741824 },
            "terabytes": { "dimension": "gb_hours", "multiply": 1024 },
            "com.example.request": { "dimension": "calls" }
          }
        }
        """;

    [Fact]
    public async Task Put_Meters_AreShownAndStay()
    {
        var seller = await NewSeller();
        var shown = (await seller.Get("/v1/products/m")).Json.GetProperty("meters");

        Assert.Equal(
            """{"dimension":"gb_hours","multiply":1,"divide":1073741824,"value":"usage.bytes"}""",
            shown.GetProperty("storage.bytes").GetRawText());
        Assert.Equal(
            """{"dimension":"calls","multiply":1,"divide":1}""", shown.GetProperty("com.example.request").GetRawText());
    }

    [Theory]
    [InlineData("{\"m\":{}}", "meters.m.dimension unknown_dimension")]
    [InlineData("{\"m\":null}", "meters.m.dimension unknown_dimension")]
    [InlineData("{\"m\":{\"dimension\":\"a\",\"divide\":0}}", "meters.m out_of_range")]
    [InlineData("{\"a\":{\"dimension\":\"a\"}}", "meters.a taken")]
    public async Task Put_BadMeters_AreRefused(string meters, string said)
    {
        var seller = await stage.NewSeller();
        var answer = await seller.Put("/v1/products/n", $$"""{"dimensions":{"a":{} },"meters":{{meters}}}""");

        Assert.Equal((400, "invalid_body"), (answer.Status, answer.Code));
        var error = Assert.Single(answer.Json.GetProperty("errors").EnumerateArray());
        Assert.Equal(said, $"{error.GetProperty("field").GetString()} {error.GetProperty("code").GetString()}");
    }

    [Fact]
    public async Task Post_ManySmallQuantities_AreConvertedWithoutLoss()
    {
        var seller = await NewSeller();
        var events = Enumerable.Range(0, 4_096).Select(number => Of($"{number}", "storage.bytes", "262144.000001"));
        var answer = await seller.PostEvents([.. events]);
        await seller.PostEvents(Of("rest", "storage.bytes", "1073741823.995904"), Of("half", "blocks", "131072"));

        Assert.Equal("""{"accepted":4096,"duplicates":0,"rejected":[]}""", answer.Text);
        Assert.Equal("2.5", await Usage(seller, "gb_hours"));
    }

    [Fact]
    public async Task Seal_WhatAConversionLeft_IsShownUntilItIsAMillionth()
    {
        var seller = await NewSeller();
        await seller.PostEvents(Of("1", "blocks", "1"), Of("2", "peak.bytes", "1"));
        var hour = MeteringPeriod.Hour.Of(ApiStage.Now);
        await stage.Grains.GetGrain<ICustomerGrain>($"{seller.Tenant}|m|c").Seal(hour.StartSeconds);
        var usage = await seller.Get("/v1/products/m/customers/c/usage");

        // A block is 4 / 1048576 of the unit: 3 millionths and 814697265625 / 10^12.
        var balances = usage.Json.GetProperty("balances").EnumerateArray().ToList();
        Assert.Equal("0.000003", balances[0].GetProperty("carried").GetRawText());
        Assert.Equal("[\"213568/262144\"]", balances[0].GetProperty("remainders").GetRawText());
        Assert.Equal("[\"1000000/1073741824\"]", balances[1].GetProperty("remainders").GetRawText());
    }

    [Fact]
    public async Task Post_SameEventByItsMeter_IsTheSameWhateverTheMeterIsByThen()
    {
        var seller = await NewSeller();
        await seller.PostEvents(Of("1", "blocks", "262144"));
        var changed = Meters.Replace("\"multiply\": 4", "\"multiply\": 8", StringComparison.Ordinal);
        await seller.Put("/v1/products/m", changed);
        var again = await seller.PostEvents(Of("1", "blocks", "262144"));
        var other = await seller.PostEvents(Of("1", "blocks", "262145"), Of("1", "gb_hours", "1"));
        await seller.PostEvents(Of("2", "blocks", "262144"));

        Assert.Equal("""{"accepted":0,"duplicates":1,"rejected":[]}""", again.Text);
        Assert.Equal(["conflicting_event", "conflicting_event"], Codes(other));
        Assert.Equal("3", await Usage(seller, "gb_hours"));
    }

    [Fact]
    public async Task Post_MeterMadeJustNow_IsFound()
    {
        var seller = await stage.NewSeller();
        await seller.PutProduct("m", "\"gb_hours\": {}");
        Assert.Equal(["unknown_dimension"], Codes(await seller.PostEvents(Of("1", "blocks", "1"))));
        await seller.Put("/v1/products/m", Meters);
        var answer = await seller.PostEvents(Of("1", "gb_hours", "1"), Of("2", "blocks", "262144"));

        Assert.Equal("""{"accepted":2,"duplicates":0,"rejected":[]}""", answer.Text);
        Assert.Equal("2", await Usage(seller, "gb_hours"));
    }

    [Fact]
    public async Task Post_DimensionMadeElsewhereBesideAMeter_BothAreWhatTheyAreByThen()
    {
        await using var elsewhere = await stage.Open();
        var seller = await NewSeller();
        var there = seller with { Api = elsewhere };
        await there.PostEvents(Of("1", "blocks", "262144"));
        var changed = Meters.Replace("\"calls\":", "\"new\": {}, \"calls\":", StringComparison.Ordinal);
        await seller.Put("/v1/products/m", changed);
        elsewhere.Time.Advance(TimeSpan.FromSeconds(1.1));
        var answer = await there.PostEvents(
            Of("2", "blocks", "262144"), Of("3", "terabytes", "1"), Of("4", "new", "7"), Of("5", "peak", "8"));

        Assert.Equal("""{"accepted":4,"duplicates":0,"rejected":[]}""", answer.Text);
        Assert.Equal(
            ("1026", "7", "8"),
            (await Usage(seller, "gb_hours"), await Usage(seller, "new"), await Usage(seller, "peak")));
    }

    [Fact]
    public async Task Post_TooMuchForTheDimension_IsRejected()
    {
        var seller = await NewSeller();
        var answer = await seller.PostEvents(
            Of("1", "terabytes", "8789062500"), Of("2", "terabytes", "8789062500.000001"), Of("3", "nope", "1"));

        Assert.Equal(["quantity_too_large", "unknown_dimension"], Codes(answer));
    }

    [Fact]
    public async Task Post_Peak_IsTheLargestConverted()
    {
        var seller = await NewSeller();
        await seller.PostEvents(
            Of("1", "peak.bytes", "1610612736"), Of("2", "peak.bytes", "1610612737"), Of("3", "peak.bytes", "1"));

        Assert.Equal("1.5", await Usage(seller, "peak"));
    }

    [Fact]
    public async Task Post_CloudEventOfAMeter_HasItsQuantityWhereTheMeterSays()
    {
        var seller = await NewSeller();
        var answer = await Cloud(
            seller,
            ("storage.bytes", """{"usage":{"other":[{"bytes":1}],"bytes":536870912},"quantity":7,"bytes":9}"""),
            ("storage.bytes", """{"usa\u0067e":{"byte\u0073":536870912}}"""),
            ("blocks", """{"value":262144}"""),
            ("com.example.request", """{"anything":1}"""));

        Assert.Equal("""{"accepted":4,"duplicates":0,"rejected":[]}""", answer.Text);
        Assert.Equal("2", await Usage(seller, "gb_hours"));
        Assert.Equal("1", await Usage(seller, "calls"));
    }

    [Theory]
    [InlineData("missing_value", "{\"usage\":{\"byte\":1},\"quantity\":1}")]
    [InlineData("missing_value", "{\"usage\":[{\"bytes\":1}]}")]
    [InlineData("missing_value", "{\"usage\":5}")]
    [InlineData("missing_value", "5")]
    [InlineData("missing_value", "null")]
    [InlineData("invalid_quantity", "{\"usage\":{\"bytes\":{\"bytes\":1}}}")]
    [InlineData("negative_quantity", "{\"usage\":{\"bytes\":-1}}")]
    [InlineData("duplicate_field", "{\"usage\":{\"bytes\":1,\"bytes\":1}}")]
    [InlineData("duplicate_field", "{\"usage\":{\"bytes\":1},\"usage\":{\"bytes\":1}}")]
    public async Task Post_CloudEventWithoutThatQuantity_IsRejectedWithItsCode(string code, string data)
    {
        var seller = await NewSeller();
        var answer = await Cloud(seller, ("storage.bytes", data));

        Assert.Equal([code], Codes(answer));
        Assert.True(
            code != "missing_value" || answer.Text.Contains("'usage.bytes'", StringComparison.Ordinal), answer.Text);
    }

    private static string Of(string id, string name, string quantity) =>
        $$"""{"id":"{{id}}","product":"m","customer":"c","dimension":"{{name}}","quantity":{{quantity}}}""";

    private static string?[] Codes(Answer answer) =>
        [.. answer.Json.GetProperty("rejected").EnumerateArray().Select(one => one.GetProperty("code").GetString())];

    private static async Task<string> Usage(Seller seller, string dimension)
    {
        var usage = await seller.Get("/v1/products/m/customers/c/usage");
        return usage.Json.GetProperty("open").EnumerateArray()
            .Single(open => open.GetProperty("dimension").GetString() == dimension)
            .GetProperty("quantity").GetRawText();
    }

    private static Task<Answer> Cloud(Seller seller, params (string Type, string Data)[] events)
    {
        var json = string.Join('\n', events.Select((one, index) =>
            $$"""
            {"specversion":"1.0","id":"{{index}}","source":"/s","subject":"c","type":"{{one.Type}}","data":{{one.Data}}}
            """));
        return seller.Api.Send(
            HttpMethod.Post,
            "/v1/events?product=m",
            seller.Key,
            new StringContent(json, Encoding.UTF8, "application/cloudevents+json"));
    }

    private async Task<Seller> NewSeller()
    {
        var seller = await stage.NewSeller();
        var answer = await seller.Put("/v1/products/m", Meters);
        Assert.True(answer.Status == 200, answer.Text);
        return seller;
    }
}
