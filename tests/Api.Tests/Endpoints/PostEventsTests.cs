using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using Tally.Api.Events;
using Tally.Api.Tests.Stage;

namespace Tally.Api.Tests.Endpoints;

public sealed class PostEventsTests(ApiStage stage)
{
    [Fact]
    public async Task Post_GoodEvents_AreCountedOnce()
    {
        var seller = await stage.NewSeller();
        var first = await seller.PostEvents(Seller.Event("a"), Seller.Event("b", "d"));
        var second = await seller.PostEvents(Seller.Event("a"), Seller.Event("b", "d"), Seller.Event("c"));

        Assert.Equal("""{"accepted":2,"duplicates":0,"rejected":[]}""", first.Text);
        Assert.Equal("""{"accepted":1,"duplicates":2,"rejected":[]}""", second.Text);
        Assert.Equal("application/json", first.ContentHeaders.ContentType?.MediaType);
    }

    [Fact]
    public async Task Post_AnyForm_IsRead()
    {
        var seller = await stage.NewSeller();
        var (a, b, c) = (Seller.Event("a"), Seller.Event("b"), Seller.Event("c"));
        (string Body, int Accepted, int Duplicates)[] cases =
        [
            (a, 1, 0),
            ($"[{a}]", 0, 1),
            ($"{a}\n{b}\n", 1, 1),
            ($"{a}\r\n\r\n{b}", 0, 2),
            ($"[{a},{b}]\n[{c}]", 1, 2),
            ($"  [ {a} , {b} ] {c}", 0, 3),
            ("[]", 0, 0),
            ("\uFEFF[" + a + "]", 0, 1),
        ];
        foreach (var (body, accepted, duplicates) in cases)
        {
            foreach (var type in (string[])["application/json", "application/x-ndjson", "application/jsonl"])
            {
                var answer = await Post(seller, Encoding.UTF8.GetBytes(body), type);
                Assert.True(answer.Status == 200, body + answer.Text);
                var json = answer.Json;
                Assert.Equal(
                    accepted + duplicates,
                    json.GetProperty("accepted").GetInt32() + json.GetProperty("duplicates").GetInt32());
                Assert.Equal(type == "application/json" ? accepted : 0, json.GetProperty("accepted").GetInt32());
            }
        }
    }

    [Fact]
    public async Task Post_Gzip_IsInflated()
    {
        var seller = await stage.NewSeller();
        var one = Pack(Encoding.UTF8.GetBytes(Seller.Event("a") + "\n"));
        var two = Pack(Encoding.UTF8.GetBytes(Seller.Event("b")));

        Assert.Equal(1, (await Post(seller, one, encoding: "gzip")).Json.GetProperty("accepted").GetInt32());
        var both = await Post(seller, [.. one, .. two], encoding: "GZIP");
        Assert.Equal(1, both.Json.GetProperty("accepted").GetInt32());
    }

    [Fact]
    public async Task Post_GzipCutOffAnywhere_KeepsNothing()
    {
        var seller = await stage.NewSeller();
        var lines = string.Concat(Enumerable.Range(0, 200).Select(index => Seller.Event($"id-{index}") + "\n"));
        var whole = Pack(Encoding.UTF8.GetBytes(lines));
        for (var length = 0; length < whole.Length; length += 1 + (whole.Length / 50))
        {
            var answer = await Post(seller, whole[..length], encoding: "gzip");
            Assert.Equal((400, "malformed_gzip"), (answer.Status, answer.Code));
        }

        Assert.Equal(200, (await Post(seller, whole, encoding: "gzip")).Json.GetProperty("accepted").GetInt32());
    }

    [Fact]
    public async Task Post_SomeRejected_SaysWhichAndWhy()
    {
        var seller = await stage.NewSeller();
        var answer = await seller.PostEvents(
            Seller.Event("ok"),
            "7",
            Seller.Event("früh \"☕\"", quantity: "-1"),
            Seller.Event("ok"),
            Seller.Event("ok", quantity: "2"));

        Assert.Equal(200, answer.Status);
        Assert.Equal(1, answer.Json.GetProperty("accepted").GetInt32());
        Assert.Equal(1, answer.Json.GetProperty("duplicates").GetInt32());
        var rejected = answer.Json.GetProperty("rejected").EnumerateArray().ToList();
        Assert.Equal([1, 2, 4], rejected.Select(one => one.GetProperty("index").GetInt32()));
        Assert.Equal(
            ["not_an_object", "negative_quantity", "conflicting_event"],
            rejected.Select(one => one.GetProperty("code").GetString()));
        Assert.False(rejected[0].TryGetProperty("id", out _));
        Assert.Equal("früh \"☕\"", rejected[1].GetProperty("id").GetString());
        Assert.Equal("ok", rejected[2].GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("", 1, 0)]
    [InlineData("{", 1, 1)]
    [InlineData("[EVENT\n,]", 2, 1)]
    [InlineData("EVENT\nEVENT\n{\"id\": nope}", 3, 8)]
    [InlineData("[EVENT", 1, null)]
    [InlineData("EVENT]", 1, null)]
    [InlineData("[EVENT,'a']", 1, null)]
    [InlineData("[EVENT] // comment", 1, null)]
    [InlineData("[EVENT, NaN]", 1, null)]
    [InlineData("[EVENT, 01]", 1, null)]
    [InlineData("[EVENT, \"\\x\"]", 1, null)]
    public async Task Post_MalformedJson_KeepsNothingAndSaysWhere(string form, int line, int? at)
    {
        var seller = await stage.NewSeller();
        var body = form.Replace("EVENT", Seller.Event("kept?"), StringComparison.Ordinal);
        var answer = await Post(seller, Encoding.UTF8.GetBytes(body));

        Assert.Equal((400, "malformed_json"), (answer.Status, answer.Code));
        Assert.Equal("application/problem+json", answer.ContentHeaders.ContentType?.MediaType);
        Assert.Equal(line, answer.Json.GetProperty("line").GetInt32());
        Assert.Equal(at ?? answer.Json.GetProperty("byte").GetInt32(), answer.Json.GetProperty("byte").GetInt32());
        var again = await seller.PostEvents(Seller.Event("kept?"));
        Assert.Equal(1, again.Json.GetProperty("accepted").GetInt32());
    }

    [Fact]
    public async Task Post_NotUtf8_IsMalformedAndSaysWhere()
    {
        var seller = await stage.NewSeller();
        byte[] body = [.. Encoding.UTF8.GetBytes(Seller.Event("a") + "\n{\"id\":\""), 0xC3, 0x28, (byte)'"', (byte)'}'];
        var answer = await Post(seller, body);

        Assert.Equal((400, "malformed_json"), (answer.Status, answer.Code));
        Assert.Equal(2, answer.Json.GetProperty("line").GetInt32());
        Assert.Equal(7, answer.Json.GetProperty("byte").GetInt32());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Post_TenMegabytes_IsTooLarge(bool chunked)
    {
        var seller = await stage.NewSeller();
        var body = new byte[10_000_000];
        body.AsSpan().Fill((byte)' ');
        HttpContent content = chunked ? new StreamContent(new Unseekable(body)) : new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        var answer = await seller.Api.Send(HttpMethod.Post, "/v1/events", seller.Key, content);

        Assert.Equal((413, "body_too_large"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task Post_ZipBomb_IsCutOffAtTheLimit()
    {
        var seller = await stage.NewSeller();
        var packed = Pack(new byte[400 * 1024 * 1024]);
        Assert.True(packed.Length < 8 * 1024 * 1024);
        var answer = await Post(seller, packed, encoding: "gzip");

        Assert.Equal((413, "body_too_large"), (answer.Status, answer.Code));
        using var whole = new PooledBody();
        packed.CopyTo(whole.Room(packed.Length));
        whole.Advance(packed.Length);
        using var inflated = new PooledBody();
        Assert.Equal(BodyFaultKind.TooLarge, BodyReader.Inflate(whole, 1_000, inflated)?.Kind);
        Assert.Equal(1_001, inflated.Length);
    }

    [Fact]
    public async Task Post_InflatedWithinTheLimit_IsTaken()
    {
        var seller = await stage.NewSeller();
        var body = new byte[31 * 1024 * 1024];
        body.AsSpan().Fill((byte)' ');
        Seller.Bytes(Seller.Event("last")).CopyTo(body.AsSpan(body.Length - 200));

        Assert.Equal(1, (await Post(seller, Pack(body), encoding: "gzip")).Json.GetProperty("accepted").GetInt32());
    }

    [Fact]
    public async Task Post_TooManyEvents_KeepsNothing()
    {
        await using var api = await stage.Open(options => options.EventsPerRequestMax = 3);
        var seller = await stage.NewSeller(api);
        var events = Enumerable.Range(0, 4).Select(index => Seller.Event($"{index}")).ToArray();
        var answer = await seller.PostEvents(events);

        Assert.Equal((413, "too_many_events"), (answer.Status, answer.Code));
        Assert.Equal(3, (await seller.PostEvents(events[..3])).Json.GetProperty("accepted").GetInt32());
    }

    [Theory]
    [InlineData("text/plain", null, "unsupported_content_type")]
    [InlineData("application/x-www-form-urlencoded", null, "unsupported_content_type")]
    [InlineData("application/json; charset=utf-16", null, "unsupported_content_type")]
    [InlineData("application/json", "br", "unsupported_encoding")]
    [InlineData("application/json", "gzip, gzip", "unsupported_encoding")]
    public async Task Post_UnsupportedForm_IsRefused(string type, string? encoding, string code)
    {
        var seller = await stage.NewSeller();
        var answer = await Post(seller, Seller.Bytes(Seller.Event("a")), type, encoding);

        Assert.Equal((415, code), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task Post_LargeRequest_EveryEventGetsItsOwnStatus()
    {
        var seller = await stage.NewSeller();
        var events = Enumerable.Range(0, 5_000)
            .Select(index => index % 3 == 0
                ? Seller.Event($"bad-{index}", $"c-{index % 700}", "-1")
                : Seller.Event($"good-{index}", $"c-{index % 700}"))
            .ToArray();
        var answer = await seller.PostEvents(events);

        Assert.Equal(3_333, answer.Json.GetProperty("accepted").GetInt32());
        Assert.Equal(
            Enumerable.Range(0, 5_000).Where(index => index % 3 == 0).Select(index => (index, $"bad-{index}")),
            answer.Json.GetProperty("rejected").EnumerateArray().Select(one =>
                (one.GetProperty("index").GetInt32(), one.GetProperty("id").GetString()!)));
    }

    private static byte[] Pack(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(body);
        }

        return packed.ToArray();
    }

    private static Task<Answer> Post(
        Seller seller, byte[] body, string type = "application/json", string? encoding = null)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        if (encoding is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        }

        return seller.Api.Send(HttpMethod.Post, "/v1/events", seller.Key, content);
    }

    private sealed class Unseekable(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
