using System.Globalization;
using System.IO.Compression;
using System.Net.Http.Headers;
using Tally.Api.Tests.Stage;
using Tally.Domain.Ledger;

namespace Tally.Api.Tests.Endpoints;

public sealed class ReconciliationTests(ApiStage stage) : IAsyncLifetime
{
    private const long Hour = 1_795_338_000;
    private const string Path = "/v1/products/p/reconciliations";
    private const string Hours = "from=2026-11-22T09:00:00Z&to=2026-11-22T12:00:00Z";
    private readonly LedgerStage _stored = new();
    private TestApi _api = null!;
    private Seller _seller = null!;

    public async ValueTask InitializeAsync()
    {
        _api = await TestApi.Open(stage.Grains, api => api.EvidenceSizeMax = 256 * 1024, _stored.Ledger);
        _seller = await stage.NewSeller(_api);
    }

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        await _stored.DisposeAsync();
    }

    [Fact]
    public async Task Reconcile_SameOnBothSides_Agrees()
    {
        await Deliver("a", "b");
        var answer = await Send($"evidence=emulator&{Hours}", Export("a", "b"));

        Assert.Equal(
            """
            {"evidence":"emulator","from":"2026-11-22T09:00:00+00:00","to":"2026-11-22T12:00:00+00:00","by":"hour",
            "ignoresCustomers":false,"agrees":true,"summary":{"here":{"records":2,"quantity":14},
            "there":{"records":2,"quantity":14},"shadowed":{"records":0,"quantity":0},"equal":2,"different":0,
            "kinds":{},"dimensions":[{"awsDimension":"aws-calls","here":{"records":2,"quantity":14},
            "there":{"records":2,"quantity":14}}],"undelivered":{},"refused":0,"outside":0,"otherProducts":0},
            "differences":[],"truncated":false}
            """.ReplaceLineEndings(""),
            answer.Text);
    }

    [Fact]
    public async Task Reconcile_QuarantinedHereAndBilledThere_IsNamed()
    {
        await _stored.Ledger.AppendAsync(
            [Line("a", LedgerKind.Sealed), Line("a", LedgerKind.Submitted), Line("a", LedgerKind.Quarantined)]);
        var answer = (await Send($"evidence=emulator&{Hours}", Export("a", "x"))).Json;

        var differences = answer.GetProperty("differences").EnumerateArray().ToList();
        Assert.False(answer.GetProperty("agrees").GetBoolean());
        Assert.Equal(["answer_lost", "unknown_here"], differences.Select(one => one.GetProperty("kind").GetString()));
        Assert.Equal("quarantined", differences[0].GetProperty("state").GetString());
        Assert.Equal("calls", differences[0].GetProperty("dimension").GetString());
        Assert.Equal("m-a", differences[0].GetProperty("receiptsThere")[0].GetString());
        Assert.Contains("Never correct it", differences[0].GetProperty("cause").GetString(), StringComparison.Ordinal);
        Assert.Equal(7, answer.GetProperty("summary").GetProperty("undelivered").GetProperty("quarantined")
            .GetProperty("quantity").GetInt64());
    }

    [Fact]
    public async Task Reconcile_ManyLines_GoesThroughAllPages()
    {
        string[] customers = [.. Enumerable.Range(0, 1_100).Select(index => $"c{index}")];
        await Deliver(customers);
        await _stored.Ledger.AppendAsync([.. customers.SelectMany(one => Enumerable.Range(0, 4)
            .Select(index => Line(one, LedgerKind.Answered, index)))]);
        var answer = (await Send($"evidence=emulator&{Hours}&differences=2", Export("x", "y", "z"))).Json;

        Assert.Equal(1_100, answer.GetProperty("summary").GetProperty("here").GetProperty("records").GetInt64());
        Assert.Equal(1_103, answer.GetProperty("summary").GetProperty("different").GetInt64());
        Assert.Equal(2, answer.GetProperty("differences").GetArrayLength());
        Assert.True(answer.GetProperty("truncated").GetBoolean());
    }

    [Fact]
    public async Task Reconcile_PackedSellerReportByDay_ComparesSums()
    {
        await Deliver("a", "b");
        const string Report = "When,What,Who,Usage Units\n2026-11-22,aws-calls,id-a,7\n2026-11-22,aws-calls,id-b,8\n";
        using var body = new ByteArrayContent(Pack(Report));
        body.Headers.ContentType = new("text/csv");
        body.Headers.ContentEncoding.Add("gzip");
        const string Columns = "timeColumn=When&dimensionColumn=What&customerIdentifierColumn=Who";
        const string Days = "from=2026-11-22T00:00:00Z&to=2026-11-23T00:00:00Z";
        var answer = (await _api.Send(
            HttpMethod.Post, $"{Path}?evidence=seller_report&{Days}&{Columns}", _seller.Key, body)).Json;

        Assert.Equal("day", answer.GetProperty("by").GetString());
        var one = Assert.Single(answer.GetProperty("differences").EnumerateArray());
        Assert.Equal("other_quantity", one.GetProperty("kind").GetString());
        Assert.Equal(("id-b", 7, 8), (
            one.GetProperty("customerIdentifier").GetString(), one.GetProperty("quantityHere").GetInt64(),
            one.GetProperty("quantityThere").GetInt64()));
    }

    [Theory]
    [InlineData("", "invalid_parameter")]
    [InlineData("evidence=hearsay&" + Hours, "invalid_parameter")]
    [InlineData("evidence=emulator&from=2026-11-22T09:00:00Z", "invalid_parameter")]
    [InlineData("evidence=emulator&from=2026-11-22T09:30:00Z&to=2026-11-22T12:00:00Z", "invalid_parameter")]
    [InlineData("evidence=emulator&from=2026-11-22T12:00:00Z&to=2026-11-22T12:00:00Z", "invalid_parameter")]
    [InlineData("evidence=emulator&from=2026-01-01T00:00:00Z&to=2026-11-22T12:00:00Z", "invalid_parameter")]
    [InlineData("evidence=emulator&by=week&" + Hours, "invalid_parameter")]
    [InlineData("evidence=emulator&customers=some&" + Hours, "invalid_parameter")]
    [InlineData("evidence=emulator&period=00:07:00&" + Hours, "invalid_parameter")]
    [InlineData("evidence=emulator&differences=0&" + Hours, "invalid_parameter")]
    [InlineData("evidence=cloudtrail&" + Hours, "invalid_evidence")]
    public async Task Reconcile_WhatCantBe_IsRefused(string query, string code)
    {
        var answer = await Send(query, "[7]");

        Assert.Equal((400, code), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task Reconcile_ByDayWithBrokenDays_IsRefused()
    {
        var answer = await Send($"evidence=emulator&by=day&{Hours}", Export("a"));

        Assert.Equal((400, "invalid_parameter"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task Reconcile_Malformed_SaysTheLine()
    {
        var answer = await Send($"evidence=emulator&{Hours}", "[\n{\"dimension\":7}]");

        Assert.Equal((400, "invalid_evidence"), (answer.Status, answer.Code));
        Assert.Equal(2, answer.Json.GetProperty("line").GetInt64());
        Assert.Equal("Line 2: 'dimension' is not a text.", answer.Json.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Reconcile_TooLarge_IsRefusedPackedOrNot()
    {
        var text = new string(' ', (256 * 1024) + 1);
        using var body = new ByteArrayContent(Pack(text));
        body.Headers.ContentType = new("application/gzip");
        var packed = await _api.Send(HttpMethod.Post, $"{Path}?evidence=emulator&{Hours}", _seller.Key, body);

        Assert.Equal((413, "body_too_large"), (packed.Status, packed.Code));
        var plain = await Send($"evidence=emulator&{Hours}", text);
        Assert.Equal((413, "body_too_large"), (plain.Status, plain.Code));
    }

    [Fact]
    public async Task Reconcile_OtherTypesAndEncodings_AreRefused()
    {
        using var xml = new StringContent("<a/>", new MediaTypeHeaderValue("text/xml"));
        var typed = await _api.Send(HttpMethod.Post, $"{Path}?evidence=emulator&{Hours}", _seller.Key, xml);
        using var packed = new StringContent("[]", new MediaTypeHeaderValue("application/json"));
        packed.Headers.ContentEncoding.Add("br");
        var encoded = await _api.Send(HttpMethod.Post, $"{Path}?evidence=emulator&{Hours}", _seller.Key, packed);

        Assert.Equal((415, "unsupported_content_type"), (typed.Status, typed.Code));
        Assert.Equal((415, "unsupported_encoding"), (encoded.Status, encoded.Code));
    }

    private static byte[] Pack(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(Seller.Bytes(text));
        }

        return packed.ToArray();
    }

    private static string Export(params string[] customers)
    {
        var records = customers.Select(one =>
            $$"""
            {"record":{"productCode":"p","customerIdentifier":"id-{{one}}","dimension":"aws-calls",
            "timestamp":"2026-11-22T09:59:59+00:00","quantity":7,"meteringRecordId":"m-{{one}}"} }
            """);
        return $$"""{"format":"tally-marketplace-emulator","version":1,"records":[{{string.Join(",", records)}}]}""";
    }

    private Task<Answer> Send(string query, string body) => _seller.Post($"{Path}?{query}", body);

    private async Task Deliver(params string[] customers) => await _stored.Ledger.AppendAsync(
    [
        .. customers.SelectMany(one => new[]
        {
            Line(one, LedgerKind.Sealed), Line(one, LedgerKind.Submitted), Line(one, LedgerKind.Delivered),
        }),
    ]);

    private LedgerLine Line(string customer, LedgerKind kind, int number = 0) =>
        new(
            new(new(_seller.Tenant, "p"), customer),
            new(new(0, Hour), new($"id-{customer}", null, null), "aws-calls", Hour + 3_599, 7),
            kind,
            string.Create(CultureInfo.InvariantCulture, $"{LedgerKinds.NameOf(kind)}:{number}"),
            DateTimeOffset.FromUnixTimeSeconds(Hour + 3_900 + (int)kind))
        {
            MeteringRecordId = kind == LedgerKind.Delivered ? $"m-{customer}" : null,
        };
}
