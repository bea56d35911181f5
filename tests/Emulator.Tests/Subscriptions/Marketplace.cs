using System.Text.Json;
using Tally.Emulator.Tests.Hosting;

namespace Tally.Emulator.Tests.Subscriptions;

/// <summary>An emulator with an older product and one of concurrent agreements, and short ways to buy them.</summary>
internal sealed class Marketplace(EmulatorFixture fixture) : IAsyncDisposable
{
    public const string Older = "older";
    public const string Newer = "newer";
    public const string Buyer = "210987654321";

    public EmulatorFixture Fixture => fixture;

    public static async Task<Marketplace> StartAsync(EmulatorOptions? options = null)
    {
        var fixture = await EmulatorFixture.StartAsync(options);
        var product = new ProductDeclaration
        {
            Dimensions = ["api_calls"],
            Title = "Tea & <Coffee>",
            RegistrationUrl = new Uri("http://127.0.0.1:9/register?from=aws"),
        };
        await fixture.Emulator.DeclareProductAsync(Older, product);
        await fixture.Emulator.DeclareProductAsync(Newer, product with { ConcurrentAgreements = true });
        return new Marketplace(fixture);
    }

    public async Task<JsonElement> SubscribeAsync(string product, string more = "")
    {
        var reply = await fixture.Caller.SendAsync(
            HttpMethod.Post,
            "/_emulator/agreements",
            $$"""
            {"productCode":"{{product}}","buyerAccountId":"{{Buyer}}","customerIdentifier":"cust-9"{{more}}}
            """);
        Assert.Equal(201, reply.Status);
        return reply.Json;
    }

    public Task<Reply> StepAsync(JsonElement agreement, string step) => fixture.Caller.SendAsync(
        HttpMethod.Post, $"/_emulator/agreements/{agreement.GetProperty("id").GetString()}/{step}");

    /// <summary>What a record of that agreement gets: a status, or the error of the call.</summary>
    public async Task<string?> MeterAsync(JsonElement agreement, string product, string dimension = "api_calls")
    {
        var timestamp = fixture.Now;
        var reply = product is Newer
            ? await fixture.Caller.MeterAsync(JsonSerializer.Serialize(new
            {
                UsageRecords = new[]
                {
                    new
                    {
                        Timestamp = timestamp,
                        CustomerAWSAccountId = Buyer,
                        LicenseArn = agreement.GetProperty("licenseArn").GetString(),
                        Dimension = dimension,
                        Quantity = 1,
                    },
                },
            }))
            : await fixture.Caller.MeterAsync(
                product,
                new { Timestamp = timestamp, CustomerIdentifier = "cust-9", Dimension = dimension, Quantity = 1 });
        return reply.Status == 200 ? reply.Statuses[0] : reply.ErrorCode;
    }

    /// <summary>What sellers were told, shortened to its kind.</summary>
    public async Task<string[]> ToldAsync()
    {
        var notices = (await fixture.Caller.SendAsync(HttpMethod.Get, "/_emulator/notices")).Json;
        return [.. notices.EnumerateArray().Select(Kind)];
    }

    public async Task<JsonElement[]> MessagesAsync()
    {
        var notices = (await fixture.Caller.SendAsync(HttpMethod.Get, "/_emulator/notices")).Json;
        return [.. notices.EnumerateArray().Select(MessageOf)];
    }

    public ValueTask DisposeAsync() => fixture.DisposeAsync();

    private static string Kind(JsonElement notice)
    {
        var message = MessageOf(notice);
        return message.TryGetProperty("action", out var action)
            ? action.GetString()!
            : message.GetProperty("detail-type").GetString()!;
    }

    private static JsonElement MessageOf(JsonElement notice) =>
        JsonSerializer.Deserialize<JsonElement>(notice.GetProperty("message").GetString()!);
}
