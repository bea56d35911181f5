using Amazon.AWSMarketplaceMetering;
using Tally.Api.Tests.Stage;
using static Tally.Api.Tests.Compatibility.AwsStage;

namespace Tally.Api.Tests.Compatibility;

public sealed class AccessKeyTests(AwsStage stage) : IClassFixture<AwsStage>
{
    [Fact]
    public async Task Create_Pair_IsListedWithoutItsSecretAndWorksUntilItIsRevoked()
    {
        var (seller, _) = await stage.NewSeller();
        var (id, secret) = await NewAccessKey(seller);
        var aws = stage.NewClient(id, secret);
        await Send(aws, Record(1));

        var list = await seller.Get("/v1/access-keys");
        var revoked = await seller.Api.Send(HttpMethod.Delete, $"/v1/access-keys/{id}", seller.Key);
        var again = await seller.Api.Send(HttpMethod.Delete, $"/v1/access-keys/{id}", seller.Key);

        Assert.Contains(id, list.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, list.Text, StringComparison.Ordinal);
        Assert.Equal((204, 404), (revoked.Status, again.Status));
        Assert.Equal("UnrecognizedClientException", await ErrorOf(aws));
    }

    [Fact]
    public async Task Create_WithoutScopes_MayMeterAndNothingElse()
    {
        var (seller, _) = await stage.NewSeller();

        var made = await seller.Post("/v1/access-keys", """{ "name": "app" }""");

        Assert.Equal("ingest", made.Json.GetProperty("scopes").EnumerateArray().Single().GetString());
        Assert.True(made.Headers.CacheControl!.NoStore);
    }

    [Theory]
    [InlineData("""{}""", "invalid_body")]
    [InlineData("""{ "name": "" }""", "invalid_body")]
    [InlineData("""{ "name": "x", "scopes": [] }""", "invalid_body")]
    [InlineData("""{ "name": "x", "scopes": ["root"] }""", "invalid_body")]
    [InlineData("""{ "name": "x", "scopes": ["platform"] }""", "scope_not_held")]
    public async Task Create_WhatCannotBe_IsRefused(string body, string code)
    {
        var (seller, _) = await stage.NewSeller();

        var refused = await seller.Post("/v1/access-keys", body);

        Assert.Equal(code, refused.Code);
    }

    [Fact]
    public async Task Revoke_AnotherTenantsPair_IsUnknown()
    {
        var (seller, _) = await stage.NewSeller();
        var (other, _) = await stage.NewSeller();
        var (id, secret) = await NewAccessKey(seller);

        var refused = await other.Api.Send(HttpMethod.Delete, $"/v1/access-keys/{id}", other.Key);

        Assert.Equal(404, refused.Status);
        await Send(stage.NewClient(id, secret), Record(1));
    }

    [Fact]
    public async Task Call_WithoutTheScope_IsDenied()
    {
        var (_, aws) = await stage.NewSeller("\"read\"");

        Assert.Equal("AccessDeniedException", await ErrorOf(aws));
    }

    [Fact]
    public async Task Call_WithWrongSecret_IsRefused()
    {
        var (seller, _) = await stage.NewSeller();
        var (id, secret) = await NewAccessKey(seller);
        var (_, others) = await NewAccessKey(seller);

        Assert.Equal("InvalidSignatureException", await ErrorOf(stage.NewClient(id, others)));
        Assert.Equal("UnrecognizedClientException", await ErrorOf(stage.NewClient("AKIAIOSFODNN7EXAMPLE", secret)));
    }

    private static async Task<string> ErrorOf(IAmazonAWSMarketplaceMetering aws) =>
        (await Assert.ThrowsAnyAsync<AmazonAWSMarketplaceMeteringException>(() => Send(aws, Record(1)))).ErrorCode;
}
