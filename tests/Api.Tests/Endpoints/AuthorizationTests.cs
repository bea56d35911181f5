using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tally.Api.Hosting;
using Tally.Api.Tests.Stage;
using Tally.Contracts.Tenants;

namespace Tally.Api.Tests.Endpoints;

public sealed class AuthorizationTests(ApiStage stage)
{
    private static readonly Dictionary<string, string> Bodies = new()
    {
        ["PostEvents"] = Seller.Event("x"),
        ["PutProduct"] = """{"dimensions":{"calls":{}}}""",
        ["PutCustomer"] = "{}",
        ["PutTenant"] = "{}",
        ["PutCredentials"] = "{}",
        ["CreateTenantKey"] = """{"name":"n","scopes":["read"]}""",
        ["ReleaseRecord"] = """{"reason":"r"}""",
        ["CorrectRecord"] = """{"reason":"r","dimension":"gib"}""",
        ["WriteOffRecord"] = """{"reason":"r"}""",
        ["ChangeSubscription"] = """{"word":"subscribed"}""",
        ["FreezeTenant"] = """{"reason":"r"}""",
        ["ThawTenant"] = "{}",
        ["MarkTenantMoved"] = """{"to":"t"}""",
        ["PlatformFreezeTenant"] = """{"reason":"r"}""",
        ["PlatformThawTenant"] = "{}",
        ["PlatformMarkTenantMoved"] = """{"to":"t"}""",
        ["CreateKey"] = """{"name":"n","scopes":["read"]}""",
        ["CreateAccessKey"] = """{"name":"n","scopes":["read"]}""",
    };

    private IReadOnlyList<ApiOperation> Operations =>
    [
        .. stage.Api.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .Select(endpoint => endpoint.Metadata.GetMetadata<ApiOperation>())
            .OfType<ApiOperation>(),
    ];

    [Fact]
    public void Operations_All_AreKnownToTheseTests()
    {
        Assert.Equal(42, Operations.Count);
        Assert.All(Operations, operation => Assert.Contains(operation.Scope, ApiScopes.All));
        Assert.All(
            Operations.Where(operation => operation.Method == "GET"),
            operation => Assert.Contains(
                operation.Scope, (string[])[ApiScopes.Read, ApiScopes.Admin, ApiScopes.Platform]));
    }

    [Fact]
    public async Task Any_NoKeyOrAWrongOne_IsUnauthenticatedEverywhere()
    {
        string?[] keys = [null, "wrong", "tally_wrong_but_long_enough_0123456789", new('k', 5_000)];
        foreach (var operation in Operations)
        {
            foreach (var key in keys)
            {
                var answer = await Call(operation, key, "p");
                Assert.Equal((401, "unauthenticated"), (answer.Status, answer.Code));
                Assert.Contains("Bearer", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("Basic dXNlcjpwYXNz")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("KEY")]
    [InlineData("Bearer KEY, Bearer KEY")]
    public async Task Any_OtherAuthorization_IsUnauthenticated(string header)
    {
        var seller = await stage.NewSeller();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/products");
        request.Headers.TryAddWithoutValidation(
            "Authorization", header.Replace("KEY", seller.Key, StringComparison.Ordinal));
        using var response = await stage.Api.Client.SendAsync(request);

        Assert.Equal(401, (int)response.StatusCode);
    }

    [Fact]
    public async Task Any_ScopeMissing_IsForbiddenEverywhere()
    {
        var tenant = (await stage.NewSeller()).Tenant;
        foreach (var operation in Operations)
        {
            var key = await stage.NewKey(tenant, [.. ApiScopes.All.Where(scope => scope != operation.Scope)]);
            var answer = await Call(operation, key, "p");
            Assert.Equal((403, "missing_scope"), (answer.Status, answer.Code));
        }
    }

    [Fact]
    public async Task Any_ScopeThere_IsAllowedEverywhere()
    {
        foreach (var operation in Operations)
        {
            var seller = await stage.NewSeller();
            await seller.PostEvents(Seller.Event("first"));
            var key = await stage.NewKey(
                seller.Tenant, operation.Name.StartsWith("Create", StringComparison.Ordinal)
                    ? [operation.Scope, ApiScopes.Read]
                    : [operation.Scope]);
            var answer = await Call(operation, key, "p", seller.Tenant);
            var isDone = answer.Status is 200 or 201 or 204
                || answer.Code is "unknown_record" or "no_ledger" or "tenant_standing" or "invalid_export"
                || operation.Name == "RevokeAccessKey" && answer.Code == "unknown_key";
            Assert.True(isDone, $"{operation.Name}: {answer.Text}");
        }
    }

    [Fact]
    public async Task Any_AnotherTenantsProduct_IsAnsweredAsOneThatDoesNotExist()
    {
        var owner = await stage.NewSeller(product: "owned");
        await owner.PostEvents(Seller.Event("1").Replace("\"p\"", "\"owned\"", StringComparison.Ordinal));
        var other = await stage.NewSeller();
        foreach (var operation in Operations.Where(one => one.Pattern.Contains("{product}", StringComparison.Ordinal)))
        {
            if (operation.Name == "PutProduct")
            {
                continue;
            }

            var owned = await Call(operation, other.Key, "owned");
            var missing = await Call(operation, other.Key, "nothing");
            Assert.Equal((404, "unknown_product"), (owned.Status, owned.Code));
            Assert.Equal(missing.Text, owned.Text);
            Assert.Equal(missing.ContentHeaders.ToString(), owned.ContentHeaders.ToString());
        }
    }

    [Fact]
    public async Task Post_AnotherTenantsProduct_IsAnsweredAsOneThatDoesNotExist()
    {
        var owner = await stage.NewSeller(product: "owned");
        var other = await stage.NewSeller();
        var answers = await Task.WhenAll(((string[])["owned", "never"]).Select(product =>
            other.PostEvents(Seller.Event("1").Replace("\"p\"", $"\"{product}\"", StringComparison.Ordinal))));

        Assert.Equal(
            answers[1].Text.Replace("never", "owned", StringComparison.Ordinal), answers[0].Text);
        var own = await owner.PostEvents(Seller.Event("1").Replace("\"p\"", "\"owned\"", StringComparison.Ordinal));
        Assert.Equal(1, own.Json.GetProperty("accepted").GetInt32());
    }

    [Fact]
    public async Task PutProduct_SameCodeOfTwoTenants_AreTwoProducts()
    {
        var (one, two) = (await stage.NewSeller(), await stage.NewSeller());
        await one.Put("/v1/products/p", """{"name":"One","dimensions":{"calls":{}}}""");

        Assert.Equal("One", (await one.Get("/v1/products/p")).Json.GetProperty("name").GetString());
        Assert.Equal("Product", (await two.Get("/v1/products/p")).Json.GetProperty("name").GetString());
    }

    [Fact]
    public async Task Keys_OtherTenants_CanNotBeSeenOrRevoked()
    {
        var (one, two) = (await stage.NewSeller(), await stage.NewSeller());
        await stage.NewKey(one.Tenant, ApiScopes.Read);
        var keys = (await one.Get("/v1/keys")).Json.GetProperty("keys");
        Assert.Equal(2, keys.GetArrayLength());
        Assert.Equal(1, (await two.Get("/v1/keys")).Json.GetProperty("keys").GetArrayLength());
        Assert.DoesNotContain("secret", (await one.Get("/v1/keys")).Text, StringComparison.OrdinalIgnoreCase);

        var foreign = await two.Api.Send(HttpMethod.Delete, "/v1/keys/key-2", two.Key);
        Assert.Equal((404, "unknown_key"), (foreign.Status, foreign.Code));
        Assert.Equal(2, (await one.Get("/v1/keys")).Json.GetProperty("keys").GetArrayLength());
    }

    [Fact]
    public async Task CreateKey_ScopeNotHeld_IsRefused()
    {
        var seller = await stage.NewSeller();
        foreach (var path in (string[])["/v1/keys", $"/v1/tenants/{seller.Tenant}/keys"])
        {
            var key = await stage.NewKey(seller.Tenant, ApiScopes.Admin, ApiScopes.Platform);
            foreach (var scopes in (string[])["\"ingest\"", "\"admin\",\"read\"", "\"platform\",\"ingest\""])
            {
                var answer = await seller.Api.Send(
                    HttpMethod.Post, path, key, TestApi.Json($$"""{"name":"n","scopes":[{{scopes}}]}"""));
                Assert.Equal((403, "scope_not_held"), (answer.Status, answer.Code));
            }

            var made = await seller.Api.Send(
                HttpMethod.Post, path, key, TestApi.Json("""{"name":"n","scopes":["admin","platform","admin"]}"""));
            Assert.Equal(201, made.Status);
            Assert.Equal(2, made.Json.GetProperty("scopes").GetArrayLength());
        }

        Assert.Equal(3, (await seller.Get("/v1/keys")).Json.GetProperty("keys").GetArrayLength() - 2);
    }

    [Fact]
    public async Task RevokeKey_Own_StopsWorkingAtOnceHereAndSoonElsewhere()
    {
        await using var elsewhere = await stage.Open();
        var seller = await stage.NewSeller();
        var made = await seller.Post("/v1/keys", """{"name":"n","scopes":["read"]}""");
        var (id, secret) = (
            made.Json.GetProperty("id").GetString(), made.Json.GetProperty("secret").GetString());
        Assert.Equal(200, (await seller.Api.Send(HttpMethod.Get, "/v1/products", secret)).Status);
        Assert.Equal(200, (await elsewhere.Send(HttpMethod.Get, "/v1/products", secret)).Status);

        Assert.Equal(204, (await seller.Api.Send(HttpMethod.Delete, $"/v1/keys/{id}", seller.Key)).Status);
        Assert.Equal(401, (await seller.Api.Send(HttpMethod.Get, "/v1/products", secret)).Status);
        elsewhere.Time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(200, (await elsewhere.Send(HttpMethod.Get, "/v1/products", secret)).Status);
        elsewhere.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(401, (await elsewhere.Send(HttpMethod.Get, "/v1/products", secret)).Status);
    }

    private Task<Answer> Call(ApiOperation operation, string? key, string product, string tenant = "no-such-tenant")
    {
        var path = operation.Pattern
            .Replace("{product}", product, StringComparison.Ordinal)
            .Replace("{customer}", "c", StringComparison.Ordinal)
            .Replace("{dimension}", "calls", StringComparison.Ordinal)
            .Replace("{hour}", "2026-11-22T09:00:00Z", StringComparison.Ordinal)
            .Replace("{tenant}", tenant, StringComparison.Ordinal)
            .Replace("{id}", "key-2", StringComparison.Ordinal);
        return stage.Api.Send(
            new HttpMethod(operation.Method),
            path,
            key,
            Bodies.TryGetValue(operation.Name, out var body) ? TestApi.Json(body) : null);
    }
}
