using Tally.Emulator.Tests.Hosting;

namespace Tally.Emulator.Tests.Deployments;

public sealed class RegisterUsageTests : IDisposable
{
    private const string Request = """{"ProductCode":"container-1","PublicKeyVersion":1,"Nonce":"n-1"}""";
    private readonly string _folder = Directory.CreateTempSubdirectory("emulator-").FullName;

    [Theory]
    [InlineData("camelCase",
        """{"productCode":"container-1","publicKeyVersion":1,"nonce":"n-1","iat":1795429800}""")]
    [InlineData("PascalCase",
        """{"ProductCode":"container-1","PublicKeyVersion":1,"Nonce":"n-1","iat":1795429800}""")]
    [InlineData("both",
        """
        {"productCode":"container-1","publicKeyVersion":1,"nonce":"n-1",
        "ProductCode":"container-1","PublicKeyVersion":1,"Nonce":"n-1","iat":1795429800}
        """)]
    public async Task Register_First_IsSignedWithTheProductsKey(string spelling, string claims)
    {
        var options = new EmulatorOptions { OpenPoints = new OpenPoints { SignatureClaims = spelling } };
        await using var buyer = await BuyerAccount.StartAsync(options);
        var reply = await buyer.RegisterAsync(Request);

        Assert.Equal(200, reply.Status);
        Assert.Equal(["Signature"], reply.Json.EnumerateObject().Select(member => member.Name));
        var token = CompactToken.Of(reply);
        Assert.Equal("""{"alg":"PS256","typ":"JWT"}""", token.Header);
        Assert.Equal(claims.ReplaceLineEndings(string.Empty), token.Payload);
        Assert.True(token.IsSignedBy(await PemAsync(buyer, 1)));
        Assert.Empty(await buyer.Fixture.Emulator.ListRecordsAsync());
    }

    [Theory]
    [InlineData("", """{"productCode":"container-1","publicKeyVersion":1,"iat":1795429800}""")]
    [InlineData(""","Nonce":"" """,
        """{"productCode":"container-1","publicKeyVersion":1,"nonce":"","iat":1795429800}""")]
    public async Task Register_NonceMissingOrEmpty_IsInTheClaimsAsSent(string nonce, string claims)
    {
        await using var buyer = await BuyerAccount.StartAsync();
        var reply = await buyer.RegisterAsync($$"""{"ProductCode":"container-1","PublicKeyVersion":1{{nonce}}}""");
        Assert.Equal(claims, CompactToken.Of(reply).Payload);
    }

    [Fact]
    public async Task Register_AnotherProduct_IsSignedWithAnotherKey()
    {
        await using var buyer = await BuyerAccount.StartAsync();
        await buyer.DeclareAsync(product: "vendor/container-2");
        var reply = await buyer.RegisterAsync(
            Request.Replace("container-1", "vendor/container-2", StringComparison.Ordinal));
        var token = CompactToken.Of(reply);
        Assert.True(token.IsSignedBy(await PemAsync(buyer, 1, "vendor/container-2")));
        Assert.False(token.IsSignedBy(await PemAsync(buyer, 1)));
    }

    [Fact]
    public async Task Register_VersionRotatedOut_IsSignedByItAndSaysWhen()
    {
        await using var buyer = await BuyerAccount.StartAsync();
        var second = await RotateAsync(buyer, """{"rotatesAt":"2026-11-23T10:31:00Z"}""");
        Assert.Equal((201, 2), (second.Status, second.Json.GetProperty("version").GetInt32()));
        var before = await buyer.RegisterAsync(Request);
        buyer.Fixture.Clock.Advance(TimeSpan.FromMinutes(1));
        var after = await buyer.RegisterAsync(Request);
        var newer = await buyer.RegisterAsync(Request.Replace("1,", "2,", StringComparison.Ordinal));

        Assert.False(before.Json.TryGetProperty("PublicKeyRotationTimestamp", out _));
        Assert.Equal("1795429860", after.Json.GetProperty("PublicKeyRotationTimestamp").GetRawText());
        Assert.True(CompactToken.Of(after).IsSignedBy(await PemAsync(buyer, 1)));
        Assert.False(newer.Json.TryGetProperty("PublicKeyRotationTimestamp", out _));
        Assert.True(CompactToken.Of(newer).IsSignedBy(await PemAsync(buyer, 2)));
    }

    [Fact]
    public async Task Rotate_WithoutATime_IsAtOnce()
    {
        await using var buyer = await BuyerAccount.StartAsync();
        _ = await RotateAsync(buyer, null);
        var listed = await buyer.Fixture.Caller.SendAsync(HttpMethod.Get, Path());
        Assert.Equal(
            """
            [{"version":1,"createdAt":"2026-11-23T10:30:00+00:00","rotatesAt":"2026-11-23T10:30:00+00:00"},
            {"version":2,"createdAt":"2026-11-23T10:30:00+00:00","rotatesAt":null}]
            """.ReplaceLineEndings(string.Empty),
            listed.Body);
        var reply = await buyer.RegisterAsync(Request);
        Assert.Equal("1795429800", reply.Json.GetProperty("PublicKeyRotationTimestamp").GetRawText());
    }

    [Theory]
    [InlineData("/_emulator/keys?product=other", 404)]
    [InlineData("/_emulator/keys?product=container-1", 404)]
    [InlineData("/_emulator/keys", 404)]
    [InlineData("/_emulator/keys/x?product=container-1&account=999988887777", 400)]
    [InlineData("/_emulator/keys/1?product=other", 404)]
    [InlineData("/_emulator/keys/2?product=container-1&account=999988887777", 404)]
    [InlineData("/_emulator/keys/1?product=container-1&account=999988887777", 200)]
    public async Task Keys_OfWhatIsNotThere_AreNotFound(string path, int status)
    {
        await using var buyer = await BuyerAccount.StartAsync();
        Assert.Equal(status, (await buyer.Fixture.Caller.SendAsync(HttpMethod.Get, path)).Status);
    }

    [Fact]
    public async Task Rotate_NotATime_IsRefused()
    {
        await using var buyer = await BuyerAccount.StartAsync();
        Assert.Equal(400, (await RotateAsync(buyer, """{"rotatesAt":"soon"}""")).Status);
        Assert.Equal(404, (await buyer.Fixture.Caller.SendAsync(HttpMethod.Get, Path("/2"))).Status);
    }

    [Theory]
    [InlineData("unsubscribed", "")]
    [InlineData("subscribed", ""","platforms":[]""")]
    [InlineData("subscribed", ""","platforms":["ecs"]""")]
    [InlineData("subscribed", ""","regions":["eu-west-1"]""")]
    public async Task Register_SameResourceAgain_SucceedsWhateverHappenedSince(string state, string more)
    {
        await using var buyer = await BuyerAccount.StartAsync();
        (string Name, string Value)[] pod = [("X-Emulator-Resource", "pod-1"), ("X-Emulator-Platform", "eks")];
        _ = await buyer.RegisterAsync(Request, pod);
        await buyer.DeclareAsync(more, state: state);
        Assert.Equal(200, (await buyer.RegisterAsync(Request, pod)).Status);
        pod[0].Value = "pod-2";
        Assert.Equal(400, (await buyer.RegisterAsync(Request, pod)).Status);
    }

    [Fact]
    public async Task Register_TwentyAtOnce_AreSignedByOneKey()
    {
        await using var buyer = await BuyerAccount.StartAsync();
        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => buyer.RegisterAsync(Request)));
        var pem = await PemAsync(buyer, 1);
        Assert.All(replies, reply => Assert.True(CompactToken.Of(reply).IsSignedBy(pem)));
    }

    [Fact]
    public async Task Start_DataDirectory_KeepsKeysAndRegistrations()
    {
        var options = new EmulatorOptions { DataDirectory = _folder };
        string pem;
        await using (var buyer = await BuyerAccount.StartAsync(options))
        {
            Assert.Equal(200, (await buyer.RegisterAsync(Request)).Status);
            _ = await RotateAsync(buyer, null);
            pem = await PemAsync(buyer, 1);
        }

        await using var again = await BuyerAccount.StartAsync(options);
        await again.DeclareAsync(state: "unsubscribed");
        var reply = await again.RegisterAsync(Request);
        Assert.True(CompactToken.Of(reply).IsSignedBy(pem));
        Assert.Equal(pem, await PemAsync(again, 1));
        Assert.NotEqual(pem, await PemAsync(again, 2));
    }

    [Fact]
    public async Task Import_IntoAnother_TakesKeysRegistrationsAndTokensOver()
    {
        await using var from = await BuyerAccount.StartAsync(more: ""","meterUsage":"agentCore" """);
        Assert.Equal(200, (await from.RegisterAsync(Request)).Status);
        var metered = await from.MeterAsync("""{"ClientToken":"t"}""");
        await from.DeclareAsync(state: "unsubscribed");
        var export = await from.Fixture.Caller.SendAsync(HttpMethod.Get, "/_emulator/export");

        await using var to = new BuyerAccount(await EmulatorFixture.StartAsync());
        var import = await to.Fixture.Caller.SendAsync(HttpMethod.Post, "/_emulator/import", export.Body);
        Assert.True(import.Status == 204, import.Body);
        Assert.Equal(metered.Body, (await to.MeterAsync("""{"ClientToken":"t"}""")).Body);
        Assert.True(CompactToken.Of(await to.RegisterAsync(Request)).IsSignedBy(await PemAsync(from, 1)));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Path(string version = "", string product = BuyerAccount.Product) =>
        $"/_emulator/keys{version}?account={BuyerAccount.Seller}&product={product}";

    private static Task<Reply> RotateAsync(BuyerAccount buyer, string? body) =>
        buyer.Fixture.Caller.SendAsync(HttpMethod.Post, Path(), body);

    private static async Task<string> PemAsync(
        BuyerAccount buyer,
        int version,
        string product = BuyerAccount.Product)
    {
        var reply = await buyer.Fixture.Caller.SendAsync(HttpMethod.Get, Path($"/{version}", product));
        Assert.Equal((200, "application/x-pem-file"), (reply.Status, reply.ContentType));
        Assert.StartsWith("-----BEGIN PUBLIC KEY-----\n", reply.Body, StringComparison.Ordinal);
        return reply.Body;
    }
}
