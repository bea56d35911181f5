using System.Text;
using Tally.Api.Tests.Stage;

namespace Tally.Api.Tests.Endpoints;

/// <summary>What is wrong with a CloudEvent, and what is at the edge of it.</summary>
public sealed class CloudEventCodeTests(ApiStage stage)
{
    public static TheoryData<string, string, string> Refusals => new()
    {
        { "not_an_object", "[]", "JSON object" },
        { "duplicate_field", With("id", "\"i\",\"i\\u0064\":\"i\""), "'id'" },
        { "duplicate_field", With("data", """{"product":"p","quantity":1,"value":1}"""), "'value'" },
        { "duplicate_field", With("data", """{"product":"p","quantity":1,"p\u0072oduct":"p"}"""), "u0072oduct'" },
        { "duplicate_field", With("data", """{"product":"p","tags":{},"quantity":1,"tags":{}}"""), "'tags'" },
        { "missing_product", With("data", """{"quantity":1}"""), "'?product='" },
        { "missing_product", With("data", "1"), "'?product='" },
        { "missing_attribute", Without("specversion"), "'specversion'" },
        { "missing_attribute", Without("id"), "'id'" },
        { "missing_attribute", Without("source"), "'source'" },
        { "missing_attribute", Without("type"), "'type'" },
        { "missing_attribute", Without("subject"), "'subject'" },
        { "missing_attribute", With("subject", "null"), "'subject'" },
        { "missing_attribute", "{}", "'specversion'" },
        { "invalid_specversion", With("specversion", "\"0.3\""), "'1.0'" },
        { "invalid_specversion", With("specversion", "1.0"), "'1.0'" },
        { "invalid_source", With("source", "\"\""), "URI-reference" },
        { "invalid_source", With("source", "\"/a b\""), "URI-reference" },
        { "invalid_source", With("source", "\"/é\""), "URI-reference" },
        { "invalid_source", With("source", "\"/%4\""), "URI-reference" },
        { "invalid_source", With("source", "\"/%4g\""), "URI-reference" },
        { "invalid_source", With("source", "[\"/a\"]"), "URI-reference" },
        { "invalid_id", With("id", "\"\""), "control character" },
        { "invalid_id", With("id", "7"), "control character" },
        { "invalid_id", With("id", "\"a\\u0000\""), "control character" },
        { "invalid_id", With("id", "\"\\u009f\""), "control character" },
        { "invalid_id", With("id", "\"\\ufdd0\""), "control character" },
        { "invalid_id", With("id", "\"\\ud83f\\udfff\""), "control character" },
        { "invalid_id", With("id", "\"\\ud800\""), "control character" },
        { "invalid_subject", With("subject", "\"\""), "customer" },
        { "invalid_subject", With("subject", "\"a\\tb\""), "customer" },
        { "invalid_subject", With("subject", $"\"{new string('x', 256)}\""), "customer" },
        { "invalid_subject", With("subject", "{\"a\":[]}"), "customer" },
        { "invalid_type", With("type", "\"\""), "1 to 255" },
        { "invalid_type", With("type", "true"), "1 to 255" },
        { "invalid_type", With("type", $"\"{new string('x', 256)}\""), "1 to 255" },
        { "invalid_datacontenttype", With("datacontenttype", "\"json\""), "media type" },
        { "invalid_datacontenttype", With("datacontenttype", "\"/json\""), "media type" },
        { "invalid_datacontenttype", With("datacontenttype", "\"text/\""), "media type" },
        { "invalid_datacontenttype", With("datacontenttype", "\"a b/json\""), "media type" },
        { "invalid_datacontenttype", With("datacontenttype", "5"), "media type" },
        { "invalid_dataschema", With("dataschema", "\"/relative\""), "URI" },
        { "invalid_dataschema", With("dataschema", "\"1a:b\""), "URI" },
        { "invalid_dataschema", With("dataschema", "\"http://a b\""), "URI" },
        { "conflicting_data", With("data_base64", "\"e30=\""), "either" },
        { "invalid_data", Base64("\"e30\""), "Base64" },
        { "invalid_data", Base64("7"), "Base64" },
        { "invalid_data", Base64($"\"{Encode("{\"product\":")}\""), "JSON" },
        { "invalid_data", Base64($"\"{Encode("{} {}")}\""), "JSON" },
        { "invalid_data", Base64("\"\""), "JSON" },
        { "invalid_data", Base64("\"/w==\""), "JSON" },
        { "invalid_tags", With("data", """{"product":"p","quantity":1,"tags":["a"]}"""), "20 strings" },
        { "invalid_tags", With("data", """{"product":"nope","quantity":1,"tags":["a"]}"""), "20 strings" },
        { "unknown_product", With("data", """{"product":"nope","quantity":1}"""), "'nope'" },
        { "unknown_product", With("data", """{"product":5,"quantity":1}"""), "names a product" },
        { "unknown_product", With("data", """{"product":"a\"b","quantity":1}"""), "names a product" },
        { "unknown_dimension", With("type", "\"com.example.other\""), "'com.example.other'" },
        { "missing_unique_tag", With("type", "\"users\""), "'user'" },
        { "unsupported_data", With("datacontenttype", "\"text/xml\""), "JSON" },
        { "missing_value", With("data", """{"product":"p"}"""), "'quantity'" },
        { "missing_value", With("data", """{"product":"p","a":{"quantity":1}}"""), "'quantity'" },
        { "invalid_quantity", With("data", """{"product":"p","quantity":"1"}"""), "JSON number" },
        { "negative_quantity", With("data", """{"product":"p","value":-1}"""), "below zero" },
        { "quantity_too_large", With("data", """{"product":"p","value":9e13}"""), "9000000000000" },
        { "quantity_too_precise", With("data", """{"product":"p","value":1e-7}"""), "six decimals" },
        { "invalid_time", With("time", "\"yesterday\""), "offset" },
        { "invalid_time", With("time", "5"), "offset" },
        { "too_old", With("time", "\"2026-01-01T00:00:00Z\""), "longer ago" },
    };

    public static TheoryData<string> Edges =>
    [
        With("source", "\"urn:uuid:6e8bc430-9c3a-11d9-9669-0800200c9a66\""),
        With("source", "\"\\u002fa%20b?c=d#e\""),
        With("id", $"\"{new string('é', 5_000)}\""),
        With("subject", $"\"{new string('漢', 255)}\""),
        With("time", "null"),
        With("time", "\"2026-11-22T10:20:30.123456789+01:00\""),
        With("datacontenttype", "\"Application/Vnd.Acme+JSON ; Charset=utf-8\""),
        With("datacontenttype", "null"),
        With("dataschema", "\"https://example.com/schema\""),
        With("comexampleextension1", "\"value\""),
        With("comexampleothervalue", "{\"an\":[\"odd\",{\"id\":5}]}"),
        With("\\ud800", "1"),
        With("data", """{"product":"\u0070","\ud800":1,"x":{"product":"y"},"quantity":2,"tags":{"b":"1","a":"\n"}}"""),
        With("data", """{"value":0,"product":"p"}"""),
        With("type", "\"requests\"").Replace("\"quantity\":1,", "", StringComparison.Ordinal),
        Base64($"\"{Encode("""{"product":"p","tags":{"b":"1","\u0061":""},"quantity":1}""")}\""),
        Base64($"\"{Encode("""{"product":"p","quantity":1}""")}\"").Replace("/", "\\/", StringComparison.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Post_BadCloudEvent_IsRejectedWithItsCode(string code, string bad, string said)
    {
        var seller = await NewSeller();
        var answer = await Post(seller, $"[{With("id", "\"good\"")},{bad}]");

        Assert.True(answer.Status == 200, answer.Text);
        Assert.Equal(1, answer.Json.GetProperty("accepted").GetInt32());
        var rejected = Assert.Single(answer.Json.GetProperty("rejected").EnumerateArray());
        Assert.Equal((1, code), (rejected.GetProperty("index").GetInt32(), rejected.GetProperty("code").GetString()));
        Assert.Contains(said, rejected.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Edges))]
    public async Task Post_EdgeOfAGoodCloudEvent_IsAcceptedOnce(string good)
    {
        var seller = await NewSeller();
        var answer = await Post(seller, good);
        var again = await Post(seller, good);

        Assert.Equal("""{"accepted":1,"duplicates":0,"rejected":[]}""", answer.Text);
        Assert.Equal("""{"accepted":0,"duplicates":1,"rejected":[]}""", again.Text);
    }

    internal static string With(string attribute, string value)
    {
        var members = Members();
        members[attribute] = value;
        return Spell(members);
    }

    private static string Without(string attribute)
    {
        var members = Members();
        members.Remove(attribute);
        return Spell(members);
    }

    private static string Base64(string value)
    {
        var members = Members();
        members.Remove("data");
        members["data_base64"] = value;
        members["datacontenttype"] = "\"application/json\"";
        return Spell(members);
    }

    private static Dictionary<string, string> Members() => new()
    {
        ["data"] = """{"quantity":1,"product":"p"}""",
        ["specversion"] = "\"1.0\"",
        ["id"] = "\"i\"",
        ["source"] = "\"/s\"",
        ["type"] = "\"calls\"",
        ["subject"] = "\"c\"",
    };

    private static string Spell(Dictionary<string, string> members) =>
        $"{{{string.Join(',', members.Select(pair => $"\"{pair.Key}\":{pair.Value}"))}}}";

    private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static async Task<Answer> Post(Seller seller, string json) =>
        await seller.Api.Send(
            HttpMethod.Post,
            "/v1/events",
            seller.Key,
            new StringContent(json, Encoding.UTF8, "application/cloudevents-batch+json"));

    private async Task<Seller> NewSeller()
    {
        var seller = await stage.NewSeller();
        await seller.PutProduct("p", $"{Seller.Dimensions}, \"requests\": {{ \"aggregation\": \"count\" }}");
        return seller;
    }
}
