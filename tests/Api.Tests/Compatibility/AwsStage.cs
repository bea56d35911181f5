using Amazon.AWSMarketplaceMetering;
using Amazon.AWSMarketplaceMetering.Model;
using Amazon.Runtime;
using Tally.Api.Tests.Stage;

namespace Tally.Api.Tests.Compatibility;

/// <summary>An API whose clock is right, as AWS's clients sign with the time of the day.</summary>
public sealed class AwsStage(ApiStage stage) : IAsyncLifetime
{
    /// <summary>The API.</summary>
    public TestApi Api { get; private set; } = null!;

    /// <summary>A time of usage that the actors take.</summary>
    public static DateTime UsageTime { get; } = ApiStage.Now.AddMinutes(-10).UtcDateTime;

    public async ValueTask InitializeAsync() =>
        Api = await TestApi.Open(stage.Grains, now: TimeProvider.System.GetUtcNow());

    public ValueTask DisposeAsync() => Api.DisposeAsync();

    /// <summary>Makes a tenant with the product <c>p</c> and an application that calls it as AWS.</summary>
    public async Task<(Seller Seller, IAmazonAWSMarketplaceMetering Aws)> NewSeller(string scopes = "\"ingest\"")
    {
        var seller = await stage.NewSeller(Api);
        var (id, secret) = await NewAccessKey(seller, scopes);
        return (seller, NewClient(id, secret));
    }

    /// <summary>Makes an access key.</summary>
    public static async Task<(string Id, string Secret)> NewAccessKey(Seller seller, string scopes = "\"ingest\"")
    {
        var made = await seller.Post("/v1/access-keys", $$"""{ "name": "app", "scopes": [{{scopes}}] }""");
        Assert.True(made.Status == 201, made.Text);
        return (
            made.Json.GetProperty("accessKeyId").GetString()!, made.Json.GetProperty("secretAccessKey").GetString()!);
    }

    /// <summary>Makes an application that calls the API as AWS.</summary>
    public IAmazonAWSMarketplaceMetering NewClient(string id, string secret) => new AmazonAWSMarketplaceMeteringClient(
        new BasicAWSCredentials(id, secret),
        new AmazonAWSMarketplaceMeteringConfig
        {
            ServiceURL = Api.Address.ToString(),
            AuthenticationRegion = "eu-west-1",
            MaxErrorRetry = 0,
        });

    /// <summary>A good record.</summary>
    public static UsageRecord Record(int quantity, string customer = "cust-1", int second = 0) => new()
    {
        CustomerIdentifier = customer,
        Dimension = "calls",
        Quantity = quantity,
        Timestamp = UsageTime.AddSeconds(second),
    };

    /// <summary>Sends records of the product <c>p</c>.</summary>
    public static Task<BatchMeterUsageResponse> Send(
        IAmazonAWSMarketplaceMetering aws, params IEnumerable<UsageRecord> records) =>
        aws.BatchMeterUsageAsync(
            new() { ProductCode = "p", UsageRecords = [.. records] }, TestContext.Current.CancellationToken);

    /// <summary>What was counted for a customer.</summary>
    public static async Task<decimal> Counted(Seller seller, string customer = "cust-1", string product = "p")
    {
        var usage = await seller.Get($"/v1/products/{product}/customers/{Uri.EscapeDataString(customer)}/usage");
        return usage.Status == 404
            ? 0
            : usage.Json.GetProperty("open").EnumerateArray()
                .Sum(open => open.GetProperty("quantity").GetDecimal());
    }
}
