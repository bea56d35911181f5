using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Tally.Api.Tests.Stage;
using Tally.Domain.Catalogue;
using Tally.Domain.Ledger;

namespace Tally.Api.Tests.Endpoints;

public sealed class LedgerTests(ApiStage stage) : IAsyncLifetime
{
    private const long Hour = 1_795_338_000;
    private const string Path = "/v1/products/p/ledger";
    private readonly LedgerStage _stored = new();
    private TestApi _api = null!;
    private Seller _seller = null!;

    public async ValueTask InitializeAsync()
    {
        _api = await TestApi.Open(stage.Grains, ledger: _stored.Ledger);
        _seller = await stage.NewSeller(_api);
    }

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        await _stored.DisposeAsync();
    }

    [Fact]
    public async Task List_Record_ShowsEverythingOfItsLife()
    {
        await _stored.Ledger.AppendAsync(
            [Line("c", LedgerKind.Sealed), Line("c", LedgerKind.Delivered, receipt: "m-1")]);
        var answer = await _seller.Get(Path);

        Assert.Equal(
            """
            {"lines":[{"sequence":1,"at":"2026-11-22T10:05:00.000001+00:00","kind":"sealed","customer":"c",
            "dimension":"calls","hourStart":"2026-11-22T09:00:00+00:00","awsDimension":"aws-calls",
            "timestamp":"2026-11-22T09:59:59+00:00","quantity":7,"customerIdentifier":"id-c"},
            {"sequence":2,"at":"2026-11-22T10:05:00.000001+00:00","kind":"delivered","customer":"c",
            "dimension":"calls","hourStart":"2026-11-22T09:00:00+00:00","awsDimension":"aws-calls",
            "timestamp":"2026-11-22T09:59:59+00:00","quantity":7,"customerIdentifier":"id-c","meteringRecordId":"m-1",
            "code":"Success","message":"said \u0022so\u0022","awsRequestId":"r-1","by":"ops","reason":"because, yes"}]}
            """.ReplaceLineEndings(""),
            answer.Text);
    }

    [Theory]
    [InlineData("customer=a", "1,2")]
    [InlineData("dimension=gib", "3")]
    [InlineData("kind=delivered", "2")]
    [InlineData("meteringRecordId=m-9", "2")]
    [InlineData("from=2026-11-22T10:00:00Z", "4")]
    [InlineData("to=2026-11-22T10:00:00%2B00:00", "1,2,3")]
    [InlineData("from=2026-11-22T09:00:00Z&to=2026-11-22T10:00:00Z&customer=b", "3")]
    [InlineData("customer=nobody", "")]
    [InlineData("limit=2", "1,2")]
    [InlineData("limit=2&after=2", "3,4")]
    public async Task List_Narrowed_ShowsTheseLines(string query, string sequences)
    {
        await _stored.Ledger.AppendAsync(
        [
            Line("a", LedgerKind.Sealed), Line("a", LedgerKind.Delivered, receipt: "m-9"),
            Line("b", LedgerKind.Sealed, ordinal: 2), Later(Line("b", LedgerKind.Sealed)),
        ]);
        var lines = (await _seller.Get($"{Path}?{query}")).Json.GetProperty("lines").EnumerateArray();

        var seen = lines.Select(line => line.GetProperty("sequence").GetInt64().ToString(CultureInfo.InvariantCulture));
        Assert.Equal(sequences, string.Join(',', seen));
    }

    [Fact]
    public async Task List_ByPages_GoesThroughAllOnce()
    {
        await _stored.Ledger.AppendAsync(
            [.. Enumerable.Range(0, 7).Select(index => Line($"c{index}", LedgerKind.Sealed))]);
        var (seen, next) = (new List<string?>(), (long?)0);
        while (next is { } after)
        {
            var page = (await _seller.Get($"{Path}?limit=3&after={after}")).Json;
            seen.AddRange(page.GetProperty("lines").EnumerateArray().Select(line => Text(line, "customer")));
            next = page.TryGetProperty("next", out var more) ? more.GetInt64() : null;
        }

        Assert.Equal(["c0", "c1", "c2", "c3", "c4", "c5", "c6"], seen);
    }

    [Theory]
    [InlineData("?limit=0")]
    [InlineData("?limit=1001")]
    [InlineData("?limit=x")]
    [InlineData("?after=-1")]
    [InlineData("?kind=lost")]
    [InlineData("?dimension=nope")]
    [InlineData("?from=yesterday")]
    [InlineData("?to=2026-11-22")]
    [InlineData("/export?format=xml")]
    [InlineData("/export?kind=lost")]
    public async Task Any_QueryThatCantBe_IsInvalid(string query)
    {
        var answer = await _seller.Get(Path + query);

        Assert.Equal((400, "invalid_parameter"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task Export_Csv_QuotesWhatNeedsIt()
    {
        await _stored.Ledger.AppendAsync([Line("c,\"d\"", LedgerKind.Delivered, receipt: "m-1")]);
        var answer = await _seller.Get($"{Path}/export");

        Assert.Equal("text/csv; charset=utf-8; header=present", answer.ContentHeaders.ContentType?.ToString());
        Assert.Equal(
            "sequence,at,kind,customer,dimension,hourStart,awsDimension,timestamp,quantity,customerIdentifier,"
            + "customerAWSAccountId,licenseArn,meteringRecordId,code,message,awsRequestId,by,reason\r\n"
            + "1,2026-11-22T10:05:00.000001Z,delivered,\"c,\"\"d\"\"\",calls,2026-11-22T09:00:00Z,aws-calls,"
            + "2026-11-22T09:59:59Z,7,\"id-c,\"\"d\"\"\",,,"
            + "m-1,Success,\"said \"\"so\"\"\",r-1,ops,\"because, yes\"\r\n",
            answer.Text);
    }

    [Fact]
    public async Task Export_JsonLines_AreTheLinesOfTheList()
    {
        var many = Enumerable.Range(0, 2_500).Select(index => Line($"c{index}", LedgerKind.Sealed));
        await _stored.Ledger.AppendAsync([.. many]);
        var answer = await _seller.Get($"{Path}/export?format=jsonl");
        var lines = answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var page = (await _seller.Get($"{Path}?limit=1")).Json.GetProperty("lines");

        Assert.Equal(2_500, lines.Length);
        Assert.Equal(page[0].GetRawText(), lines[0]);
        Assert.Equal("c2499", Text(JsonDocument.Parse(lines[^1]).RootElement, "customer"));
    }

    [Fact]
    public async Task Export_NothingThere_IsAHeaderOnly()
    {
        Assert.Equal("", (await _seller.Get($"{Path}/export?format=jsonl")).Text);
        Assert.StartsWith("sequence,", (await _seller.Get($"{Path}/export?format=csv")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_OtherTenantsProduct_IsUnknown()
    {
        await _stored.Ledger.AppendAsync([Line("c", LedgerKind.Sealed)]);
        var other = await stage.NewSeller(_api, product: "q");

        Assert.Equal((404, "unknown_product"), await Refused(other, Path));
        Assert.Equal((404, "unknown_product"), await Refused(other, $"{Path}/export"));
        Assert.Equal("""{"lines":[]}""", (await other.Get("/v1/products/q/ledger")).Text);
    }

    [Fact]
    public async Task Any_NoLedgerKept_IsSaid()
    {
        var seller = await stage.NewSeller();

        Assert.Equal((404, "no_ledger"), await Refused(seller, Path));
        Assert.Equal((404, "no_ledger"), await Refused(seller, $"{Path}/export"));
    }

    [Fact]
    public async Task Any_LedgerDown_IsAnErrorToRetry()
    {
        await _stored.Ledger.AppendAsync([Line("c", LedgerKind.Sealed)]);
        await using (var other = new SqliteConnection($"Data Source={_stored.File};Pooling=False"))
        {
            await other.OpenAsync();
            await using var drop = other.CreateCommand();
            drop.CommandText = "ALTER TABLE ledger RENAME TO gone";
            await drop.ExecuteNonQueryAsync();
        }

        Assert.Equal((503, "usage_store_unavailable"), await Refused(_seller, Path));
        Assert.Equal((503, "usage_store_unavailable"), await Refused(_seller, $"{Path}/export"));
    }

    private static async Task<(int, string?)> Refused(Seller seller, string path)
    {
        var answer = await seller.Get(path);
        return (answer.Status, answer.Code);
    }

    private static string? Text(JsonElement line, string name) => line.GetProperty(name).GetString();

    private static LedgerLine Later(LedgerLine line) =>
        line with { Record = line.Record with { Key = new(line.Record.Key.Ordinal, Hour + 3_600) } };

    private LedgerLine Line(string customer, LedgerKind kind, int ordinal = 0, string? receipt = null) =>
        new(
            new(new(_seller.Tenant, "p"), customer),
            new(new(ordinal, Hour), new($"id-{customer}", null, null), "aws-calls", Hour + 3_599, 7),
            kind,
            LedgerKinds.NameOf(kind),
            DateTimeOffset.FromUnixTimeSeconds(Hour + 3_900).AddMicroseconds(1))
        {
            MeteringRecordId = receipt,
            Code = receipt is null ? null : "Success",
            Message = receipt is null ? null : "said \"so\"",
            RequestId = receipt is null ? null : "r-1",
            By = receipt is null ? null : "ops",
            Reason = receipt is null ? null : "because, yes",
        };
}
