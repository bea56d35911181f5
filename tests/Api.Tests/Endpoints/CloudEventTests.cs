using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Http;
using Tally.Api.Events;
using Tally.Api.Events.CloudEvents;
using Tally.Api.Tests.Stage;

namespace Tally.Api.Tests.Endpoints;

/// <summary>CloudEvents in each of the three ways that HTTP carries them.</summary>
public sealed class CloudEventTests(ApiStage stage)
{
    private const string Event =
        """
        {"specversion":"1.0","id":"1","source":"/s","type":"calls","subject":"c","time":"2026-11-22T10:20:30Z",
         "data":{"product":"p","quantity":2.5,"tags":{"env":"live"}}}
        """;

    [Theory]
    [InlineData("application/cloudevents+json")]
    [InlineData("Application/CloudEvents+JSON; charset=UTF-8")]
    [InlineData("application/cloudevents-batch+json")]
    public async Task Post_Structured_IsCountedAsWritten(string type)
    {
        var seller = await stage.NewSeller();
        var answer = await Send(seller, Event, type);
        var own = await seller.PostEvents(
            """
            {"id":"/s 1","product":"p","customer":"c","dimension":"calls","quantity":2.5,
             "time":"2026-11-22T10:20:30Z","tags":{"env":"live"}}
            """);

        Assert.Equal("""{"accepted":1,"duplicates":0,"rejected":[]}""", answer.Text);
        Assert.Equal("""{"accepted":0,"duplicates":1,"rejected":[]}""", own.Text);
        Assert.Equal("2.5", await Usage(seller));
    }

    [Theory]
    [InlineData("[]", 0)]
    [InlineData("[{0}]", 1)]
    [InlineData("[{0},{0}]", 1)]
    [InlineData("{0}\n{0}", 1)]
    public async Task Post_Batch_EachEventCounts(string form, int accepted)
    {
        var seller = await stage.NewSeller();
        var answer = await Send(
            seller, form.Replace("{0}", Event, StringComparison.Ordinal), "application/cloudevents-batch+json");

        Assert.Equal((200, accepted), (answer.Status, answer.Json.GetProperty("accepted").GetInt32()));
        Assert.Empty(answer.Json.GetProperty("rejected").EnumerateArray());
    }

    [Theory]
    [InlineData("application/cloudevents+avro", 415, "unsupported_content_type")]
    [InlineData("application/cloudevents", 415, "unsupported_content_type")]
    [InlineData("application/cloudevents+json; charset=utf-16", 415, "unsupported_content_type")]
    [InlineData("application/cloudevents+json", 400, "malformed_json")]
    public async Task Post_CloudEventsThatCantBeRead_AreRefusedAsAWhole(string type, int status, string code)
    {
        var seller = await stage.NewSeller();
        var answer = await Send(seller, "{\"specversion\":", type);

        Assert.Equal((status, code), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task Post_SameIdOfAnotherSource_IsAnotherEvent()
    {
        var seller = await stage.NewSeller();
        var answer = await Send(
            seller,
            $"[{Of("/s", "1")},{Of("/s2", "1")},{Of("/s", "2 1")},{Of("/s2", "1")},{Of("/s", "1")}]",
            "application/cloudevents-batch+json");

        Assert.Equal("""{"accepted":3,"duplicates":2,"rejected":[]}""", answer.Text);
    }

    [Fact]
    public async Task Post_LongSourceAndId_AreToldApartByAllOfThem()
    {
        var seller = await stage.NewSeller();
        var source = "/" + new string('s', 300);
        var answer = await Send(
            seller,
            $"[{Of(source, "1")},{Of(source, "2")},{Of(source + "2", "1")},{Of(source, "1")}]",
            "application/cloudevents-batch+json");
        var atTheLimit = await Send(
            seller, Of("/" + new string('s', 251), "12") + Of("/" + new string('s', 251), "123"),
            "application/cloudevents+json");
        var own = await seller.PostEvents(Seller.Event("/" + new string('s', 251) + " 12", more: ""));

        Assert.Equal("""{"accepted":3,"duplicates":1,"rejected":[]}""", answer.Text);
        Assert.Equal("""{"accepted":2,"duplicates":0,"rejected":[]}""", atTheLimit.Text);
        Assert.Equal("""{"accepted":0,"duplicates":1,"rejected":[]}""", own.Text);
    }

    [Fact]
    public async Task Post_InHeaders_IsTheSameEventAsStructured()
    {
        var seller = await stage.NewSeller();
        await Send(seller, Event, "application/cloudevents+json");
        var answer = await InHeaders(
            seller,
            """{"product":"p","quantity":2.5,"tags":{"env":"live"}}""",
            "application/json",
            ("ce-time", "2026-11-22T10:20:30Z"), ("CE-Extension", "ignored"));

        Assert.Equal("""{"accepted":0,"duplicates":1,"rejected":[]}""", answer.Text);
    }

    [Theory]
    [InlineData("c", "c")]
    [InlineData("Euro%20%E2%82%AC%20%F0%9F%98%80", "Euro € 😀")]
    [InlineData("\"a b\\\"c\"", "a b\"c")]
    [InlineData("%c3%a9%25", "é%")]
    [InlineData("caf%65", "cafe")]
    public async Task Post_InHeaders_TextIsDecodedOnce(string sent, string customer)
    {
        var seller = await stage.NewSeller();
        var answer = await InHeaders(
            seller, """{"product":"p","quantity":2.5}""", "application/json", ("ce-subject", sent));

        Assert.Equal("""{"accepted":1,"duplicates":0,"rejected":[]}""", answer.Text);
        Assert.Equal("2.5", await Usage(seller, customer));
    }

    [Theory]
    [InlineData("ce-subject", "%C0%A0", "invalid_subject")]
    [InlineData("ce-subject", "%4", "invalid_subject")]
    [InlineData("ce-subject", "%zz", "invalid_subject")]
    [InlineData("ce-subject", "\"open", "invalid_subject")]
    [InlineData("ce-subject", "\"open\\", "invalid_subject")]
    [InlineData("ce-source", "/a%20b", "invalid_source")]
    [InlineData("ce-specversion", "1.1", "invalid_specversion")]
    [InlineData("ce-time", "now", "invalid_time")]
    [InlineData("ce-type", "nope", "unknown_dimension")]
    [InlineData("ce-datacontenttype", "application/json", "invalid_datacontenttype")]
    [InlineData("ce-dataschema", "/a", "invalid_dataschema")]
    [InlineData("ce-type", null, "missing_attribute")]
    public async Task Post_BadHeader_IsRejectedWithItsCode(string header, string? value, string code)
    {
        var seller = await stage.NewSeller();
        var answer = await InHeaders(
            seller, """{"product":"p","quantity":2.5}""", "application/json", (header, value));

        Assert.Equal(code, Code(answer));
    }

    [Theory]
    [InlineData("{\"product\":", "application/json", "invalid_data")]
    [InlineData("{}{}", "application/json", "invalid_data")]
    [InlineData("", "application/json", "missing_product")]
    [InlineData("<a/>", "application/xml", "missing_product")]
    [InlineData("{\"product\":\"p\",\"quantity\":1}", null, "missing_product")]
    public async Task Post_BadBodyBesideHeaders_IsRejectedWithItsCode(string body, string? type, string code)
    {
        var seller = await stage.NewSeller();

        Assert.Equal(code, Code(await InHeaders(seller, body, type)));
    }

    [Fact]
    public void Read_HeaderTwice_IsRejected()
    {
        var request = new DefaultHttpContext().Request;
        request.Headers.Append("ce-id", "2");
        request.Headers.Append("Ce-Id", "3");
        using var body = new PooledBody();
        var parsed = default(ParsedEvent);
        CloudEventHeaders.Read(request, body, ref parsed);

        Assert.Equal(EventCode.DuplicateField, parsed.Code);
        Assert.Equal("id", Encoding.UTF8.GetString(parsed.Detail.In(body.Buffer)));
    }

    [Fact]
    public async Task Post_ProductInTheAddress_IsOfEventsThatNameNone()
    {
        var seller = await stage.NewSeller();
        await seller.PutProduct("a/b", "\"requests\": { \"aggregation\": \"count\" }");
        var counted = await InHeaders(seller, "", null, ("?product=", "a%2Fb"), ("ce-type", "requests"));
        var xml = await InHeaders(
            seller, "<a/>", "text/xml", ("?product=", "a%2Fb"), ("ce-type", "requests"), ("ce-id", "2"));
        var needsMore = await InHeaders(seller, "<a/>", "text/xml", ("?product=", "p"), ("ce-id", "3"));
        var number = await InHeaders(seller, "2.5", "text/json", ("?product=", "p"), ("ce-id", "4"));
        var named = await InHeaders(
            seller, """{"product":"p","quantity":1}""", "application/json", ("?product=", "a%2Fb"), ("ce-id", "5"));

        Assert.Equal("""{"accepted":1,"duplicates":0,"rejected":[]}""", counted.Text);
        Assert.Equal("""{"accepted":1,"duplicates":0,"rejected":[]}""", xml.Text);
        Assert.Equal("unsupported_data", Code(needsMore));
        Assert.Equal("""{"accepted":1,"duplicates":0,"rejected":[]}""", number.Text);
        Assert.Equal("""{"accepted":1,"duplicates":0,"rejected":[]}""", named.Text);
        Assert.Equal("3.5", await Usage(seller));
    }

    [Fact]
    public async Task Document_Asked_SaysWhichContentTypesEventsMayHave()
    {
        var document = await stage.Api.Send(HttpMethod.Get, "/openapi/v1.json", key: null);
        var content = document.Json.GetProperty("paths").GetProperty("/v1/events").GetProperty("post")
            .GetProperty("requestBody").GetProperty("content");

        Assert.Equal(
            [
                "application/cloudevents+json", "application/cloudevents-batch+json", "application/json",
                "application/x-ndjson",
            ],
            content.EnumerateObject().Select(type => type.Name).Order(StringComparer.Ordinal));
    }

    private static string Of(string source, string id) =>
        $$"""
        {"specversion":"1.0","id":"{{id}}","source":"{{source}}","type":"calls","subject":"c",
         "data":{"product":"p","quantity":1} }
        """;

    private static string? Code(Answer answer)
    {
        Assert.True(answer.Status == 200, answer.Text);
        return Assert.Single(answer.Json.GetProperty("rejected").EnumerateArray()).GetProperty("code").GetString();
    }

    private static async Task<string> Usage(Seller seller, string customer = "c")
    {
        var usage = await seller.Get($"/v1/products/p/customers/{Uri.EscapeDataString(customer)}/usage");
        return usage.Json.GetProperty("open")[0].GetProperty("quantity").GetRawText();
    }

    private static async Task<Answer> Send(Seller seller, string json, string type)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(json));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return await seller.Api.Send(HttpMethod.Post, "/v1/events", seller.Key, content);
    }

    private static async Task<Answer> InHeaders(
        Seller seller, string body, string? type, params (string Name, string? Value)[] headers)
    {
        (string Name, string? Value)[] usual =
        [
            ("ce-specversion", "1.0"), ("ce-id", "1"), ("ce-source", "/s"), ("ce-type", "calls"), ("ce-subject", "c"),
        ];
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        var all = usual.Where(one => !headers.Any(header => header.Name == one.Name)).Concat(headers);
        var query = "";
        foreach (var (name, value) in all.Where(header => header.Value is not null))
        {
            query += name[0] == '?' ? name + value : "";
            content.Headers.TryAddWithoutValidation(name, value);
        }

        return await seller.Api.Send(HttpMethod.Post, "/v1/events" + query, seller.Key, content);
    }
}
