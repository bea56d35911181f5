using Tally.Api.Tests.Stage;
using Tally.Contracts.Tenants;

namespace Tally.Api.Tests.Endpoints;

public sealed class CredentialTests(ApiStage stage)
{
    private const string Role = "arn:aws:iam::123456789012:role/tally";

    [Fact]
    public async Task Put_Role_IsShownWithoutItsExternalId()
    {
        var (path, key) = await NewTenant();
        var answer = await stage.Api.Send(
            HttpMethod.Put, path, key, TestApi.Json($$"""{"roleArn":"{{Role}}","externalId":"secret-7"}"""));
        Assert.Equal(200, answer.Status);
        var shown = await stage.Api.Send(HttpMethod.Get, path, key);

        Assert.Equal(answer.Text, shown.Text);
        Assert.DoesNotContain("secret-7", shown.Text, StringComparison.Ordinal);
        Assert.Equal("role", shown.Json.GetProperty("source").GetString());
        Assert.Equal("123456789012", shown.Json.GetProperty("accountId").GetString());
        Assert.True(shown.Json.GetProperty("hasExternalId").GetBoolean());
    }

    [Fact]
    public async Task Delete_Role_TheInstallationsOwnCredentialsAreUsed()
    {
        var (path, key) = await NewTenant();
        await stage.Api.Send(HttpMethod.Put, path, key, TestApi.Json("""{"profile":"acme"}"""));
        Assert.Equal(204, (await stage.Api.Send(HttpMethod.Delete, path, key)).Status);

        var shown = await stage.Api.Send(HttpMethod.Get, path, key);
        Assert.Equal("installation", shown.Json.GetProperty("source").GetString());
    }

    [Theory]
    [InlineData("""{"roleArn":"role"}""", "roleArn", "invalid_form")]
    [InlineData($$"""{"roleArn":"{{Role}}"}""", "externalId", "required")]
    [InlineData($$"""{"roleArn":"{{Role}}","externalId":"a b"}""", "externalId", "invalid_form")]
    [InlineData("""{"sessionName":"tally"}""", "roleArn", "required")]
    [InlineData("""{"region":"here"}""", "region", "invalid_form")]
    [InlineData($$"""{"roleArn":"{{Role}}","externalId":"ab","accountId":"1"}""", "accountId", "invalid_form")]
    [InlineData(
        $$"""{"roleArn":"{{Role}}","externalId":"ab","accountId":"210987654321"}""", "accountId", "not_allowed")]
    [InlineData($$"""{"roleArn":"{{Role}}","externalId":"ab","profile":"p"}""", "profile", "not_allowed")]
    public async Task Put_BadCredentials_SaysWhatIsWrong(string body, string field, string code)
    {
        var (path, key) = await NewTenant();
        var answer = await stage.Api.Send(HttpMethod.Put, path, key, TestApi.Json(body));

        Assert.Equal((400, "invalid_body"), (answer.Status, answer.Code));
        Assert.Contains(
            answer.Json.GetProperty("errors").EnumerateArray(),
            error => error.GetProperty("field").GetString() == field
                && error.GetProperty("code").GetString() == code);
    }

    [Fact]
    public async Task Any_TenantThatIsNone_IsUnknown()
    {
        var (_, key) = await NewTenant();
        var answer = await stage.Api.Send(HttpMethod.Get, "/v1/tenants/nobody/credentials", key);
        Assert.Equal((404, "unknown_tenant"), (answer.Status, answer.Code));
    }

    private async Task<(string Path, string Key)> NewTenant()
    {
        var tenant = await stage.NewTenant();
        return ($"/v1/tenants/{tenant}/credentials", await stage.NewKey(tenant, ApiScopes.Platform));
    }
}
