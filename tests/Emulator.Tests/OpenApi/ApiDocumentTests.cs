using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tally.Emulator.OpenApi;
using Tally.Emulator.Tests.Hosting;

namespace Tally.Emulator.Tests.OpenApi;

public sealed class ApiDocumentTests
{
    [Fact]
    public async Task Paths_AreTheEndpointsThatAreMapped()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var mapped = fixture.Emulator.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .OfType<RouteEndpoint>()
            .SelectMany(endpoint => endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods
                .Select(method => $"{method} {PathOf(endpoint)}"))
            .Where(route => route.Contains("/_emulator", StringComparison.Ordinal));
        var document = await DocumentAsync(fixture);
        var described =
            from path in document.GetProperty("paths").EnumerateObject()
            from operation in path.Value.EnumerateObject()
            select $"{operation.Name.ToUpperInvariant()} {path.Name}";
        Assert.Equal(
            mapped.Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public async Task References_AllLeadSomewhere()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var document = await DocumentAsync(fixture);
        var schemas = document.GetProperty("components").GetProperty("schemas");
        var references = Regex.Matches(document.GetRawText(), "\"\\$ref\":\"(?<to>[^\"]*)\"", RegexOptions.None)
            .Select(match => match.Groups["to"].Value).Distinct(StringComparer.Ordinal).ToList();
        Assert.Contains("#/components/schemas/FaultPlan", references);
        foreach (var reference in references)
        {
            Assert.StartsWith("#/components/schemas/", reference, StringComparison.Ordinal);
            Assert.True(schemas.TryGetProperty(reference.Split('/')[^1], out _), reference);
        }
    }

    [Fact]
    public void Operations_HaveTypesAndExamplesThatFitThem()
    {
        foreach (var operation in ApiOperations.All)
        {
            var isWritten = operation.Method is "PUT" or "POST";
            if (isWritten) Assert.True(operation.Request is null || operation.Errors.Contains(400), operation.Path);
            if (operation.Request is not null)
                Assert.NotNull(JsonSerializer.Deserialize(operation.RequestExample!, operation.Request));
            if (operation.Response is not null && !operation.Path.EndsWith("/export", StringComparison.Ordinal))
                Assert.NotNull(JsonSerializer.Deserialize(operation.ResponseExample!, operation.Response));
            Assert.Equal(operation.Status is 204 or 303, operation.ResponseMediaType is null);
            Assert.EndsWith(".", operation.Summary, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Schema_OfTheFaults_HasTheirMembers()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var schemas = (await DocumentAsync(fixture)).GetProperty("components").GetProperty("schemas");
        var members = schemas.GetProperty("FaultPlan").GetProperty("properties");
        Assert.Equal("aws", members.GetProperty("quotas").GetProperty("oneOf")[0].GetProperty("const").GetString());
        Assert.Equal("number", members.GetProperty("errorRate").GetProperty("type").GetString());
    }

    private static async Task<JsonElement> DocumentAsync(EmulatorFixture fixture)
    {
        var reply = await fixture.Caller.SendAsync(HttpMethod.Get, "/_emulator/openapi.json");
        Assert.Equal((200, "application/json"), (reply.Status, reply.ContentType));
        return reply.Json;
    }

    private static string PathOf(RouteEndpoint endpoint) =>
        Regex.Replace(
            endpoint.RoutePattern.RawText!.TrimEnd('/'), @"\*\*|:[a-z]+(?=\})", string.Empty, RegexOptions.None);
}
