using System.Text;
using Tally.Api.Moves;
using Tally.Api.Tests.Stage;
using Tally.Contracts.Tenants;

namespace Tally.Api.Tests.Endpoints;

public sealed class MoveTests(ApiStage stage)
{
    [Fact]
    public async Task Export_Frozen_IsHandedOutPartByPart()
    {
        var (tenant, key) = await Frozen("we move");
        var answer = await stage.Api.Send(HttpMethod.Get, $"/v1/tenants/{tenant}/export", key);

        Assert.Equal((200, "part 0\npart 1\npart 2\n"), (answer.Status, answer.Text));
        Assert.Equal("application/x-ndjson", answer.ContentHeaders.ContentType?.ToString());
        Assert.Equal($"attachment; filename=\"{tenant}.jsonl\"", answer.ContentHeaders.ContentDisposition?.ToString());
    }

    [Fact]
    public async Task Export_ThawedMeanwhile_IsCutOff()
    {
        var (tenant, key) = await Frozen("short");
        await Assert.ThrowsAsync<HttpRequestException>(
            () => stage.Api.Send(HttpMethod.Get, $"/v1/tenants/{tenant}/export", key));
    }

    [Fact]
    public async Task Export_NotFrozenOrUnknown_SaysWhich()
    {
        var (tenant, key) = await Operator();
        var open = await stage.Api.Send(HttpMethod.Get, $"/v1/tenants/{tenant}/export", key);
        Assert.Equal((409, "tenant_standing"), (open.Status, open.Code));
        foreach (var name in (string[])["no-such-tenant", "NO"])
        {
            var unknown = await stage.Api.Send(HttpMethod.Get, $"/v1/tenants/{name}/export", key);
            Assert.Equal((404, "unknown_tenant"), (unknown.Status, unknown.Code));
        }
    }

    [Fact]
    public async Task Import_Large_IsCheckedAndThenTakenInWhole()
    {
        var (_, key) = await Operator();
        var text = new StringBuilder();
        for (var line = 0; text.Length < 12_000_000; line++)
        {
            text.Append('x', line % 7 == 0 ? 900_000 : line).Append('\n');
        }

        var answer = await Import("new-large", key, text.Append("end\n").ToString());
        const string Expected =
            """
            {"tenant":"new-large","export":"export-1","products":0,"customers":0,"ledgerLines":0,"keys":0,
            "keysLeftOut":["k1"]}
            """;
        Assert.Equal(Expected.ReplaceLineEndings(""), answer.Text);
        Assert.Equal(text.ToString(), stage.Faults.Of("new-large").Imported.ToString());
    }

    [Theory]
    [InlineData("new-cut", "a\nb\n", 400, "invalid_export", 2)]
    [InlineData("new-empty", "", 400, "invalid_export", 1)]
    [InlineData("new-bad", "a\nb\nbad\nend\n", 400, "invalid_export", 3)]
    [InlineData("new-other", "other\nend\n", 409, "export_mismatch", 1)]
    [InlineData("new-there", "a\nend\n", 409, "tenant_exists", null)]
    [InlineData("NEW", "a\nend\n", 400, "invalid_parameter", null)]
    public async Task Import_Refused_SaysWhereAndTakesNothing(
        string tenant, string body, int status, string code, int? line)
    {
        var (_, key) = await Operator();
        var answer = await Import(tenant, key, body);
        Assert.Equal((status, code), (answer.Status, answer.Code));
        Assert.Equal(line, answer.Json.TryGetProperty("line", out var number) ? number.GetInt32() : null);
        Assert.Equal(0, stage.Faults.Of(tenant).Imported.Length);
    }

    [Fact]
    public async Task Import_Encoded_IsRefused()
    {
        var (_, key) = await Operator();
        using var content = new StringContent("a");
        content.Headers.ContentEncoding.Add("gzip");
        var answer = await stage.Api.Send(HttpMethod.Post, "/v1/tenants/new-gzip/import", key, content);

        Assert.Equal((415, "unsupported_encoding"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task Spool_LineTooLong_EndsWithAnEmptyPart()
    {
        await using var spool = new ImportSpool();
        using var body = new MemoryStream(new byte[ImportSpool.LineMax + 1]);
        List<int> parts = [];
        await foreach (var part in spool.Read(body, TestContext.Current.CancellationToken))
        {
            parts.Add(part.Length);
        }

        Assert.Equal([0], parts);
    }

    [Fact]
    public async Task PlatformStanding_OfAnyTenant_CanBeChangedAndUnknownIsSaid()
    {
        var (_, key) = await Operator();
        var other = await stage.NewTenant();
        using var reason = TestApi.Json("""{"reason":"r"}""");
        var frozen = await stage.Api.Send(HttpMethod.Post, $"/v1/tenants/{other}/freeze", key, reason);
        Assert.Equal("freezing", frozen.Json.GetProperty("phase").GetString());
        var unknown = await stage.Api.Send(HttpMethod.Get, "/v1/tenants/no-such-tenant/standing", key);

        Assert.Equal((404, "unknown_tenant"), (unknown.Status, unknown.Code));
    }

    private async Task<Answer> Import(string tenant, string key, string body)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        return await stage.Api.Send(HttpMethod.Post, $"/v1/tenants/{tenant}/import", key, content);
    }

    private async Task<(string Tenant, string Key)> Operator()
    {
        var tenant = await stage.NewTenant();
        return (tenant, await stage.NewKey(tenant, ApiScopes.Platform));
    }

    private async Task<(string Tenant, string Key)> Frozen(string reason)
    {
        var (tenant, key) = await Operator();
        using var body = TestApi.Json($$"""{"reason":"{{reason}}"}""");
        await stage.Api.Send(HttpMethod.Post, $"/v1/tenants/{tenant}/freeze", key, body);
        await stage.Api.Send(HttpMethod.Get, $"/v1/tenants/{tenant}/standing", key);
        return (tenant, key);
    }
}
