using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Amazon.AWSMarketplaceMetering;
using Amazon.AWSMarketplaceMetering.Model;
using Amazon.Runtime;
using Tally.Emulator.Conformance.Cases;

namespace Tally.Emulator.Conformance.Clients;

/// <summary>This project's own client.</summary>
internal sealed class DotNetClient : IClient
{
    private static readonly JsonSerializerOptions Json = new()
    {
        Converters = { new EpochSeconds() },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public string Name => "Tally's client for .NET";

    public string ShortName => ".NET";

    public Task<string?> MissingAsync() => Task.FromResult<string?>(null);

    public Task<ClientModel> DescribeAsync() => Task.FromResult(new ClientModel((string?)null) { IsTyped = true });

    public async Task<IReadOnlyList<IReadOnlyList<Outcome>>> RunAsync(IReadOnlyList<Job> jobs)
    {
        var all = new List<IReadOnlyList<Outcome>>();
        foreach (var job in jobs)
        {
            using var client = new AmazonAWSMarketplaceMeteringClient(
                new BasicAWSCredentials(job.AccessKey, job.Secret),
                new AmazonAWSMarketplaceMeteringConfig
                {
                    ServiceURL = job.Endpoint.ToString(),
                    AuthenticationRegion = job.Region,
                    MaxErrorRetry = 0,
                });
            IReadOnlyDictionary<string, string> headers = new Dictionary<string, string>();
            client.BeforeRequestEvent += (_, sending) =>
            {
                foreach (var (name, value) in headers)
                    ((WebServiceRequestEventArgs)sending).Headers[name] = value;
            };
            var outcomes = new List<Outcome>();
            foreach (var call in job.Calls)
            {
                headers = call.Headers;
                outcomes.Add(await OutcomeOfAsync(client, call));
            }

            all.Add(outcomes);
        }

        return all;
    }

    private static async Task<Outcome> OutcomeOfAsync(IAmazonAWSMarketplaceMetering client, JobCall call)
    {
        try
        {
            return call.Operation switch
            {
                "BatchMeterUsage" => Of(await client.BatchMeterUsageAsync(Read<BatchMeterUsageRequest>(call))),
                "MeterUsage" => Of(await client.MeterUsageAsync(Read<MeterUsageRequest>(call))),
                "RegisterUsage" => Of(await client.RegisterUsageAsync(Read<RegisterUsageRequest>(call))),
                _ => Of(await client.ResolveCustomerAsync(Read<ResolveCustomerRequest>(call))),
            };
        }
        catch (JsonException unmapped)
        {
            return new Outcome { Cannot = unmapped.Message };
        }
        catch (AmazonServiceException refused)
        {
            return new Outcome
            {
                Code = refused.ErrorCode,
                Message = refused.Message,
                Status = (int)refused.StatusCode,
            };
        }
    }

    private static T Read<T>(JobCall call) => call.Parameters.Deserialize<T>(Json)!;

    private static Outcome Of(BatchMeterUsageResponse response) => Of(response, new JsonObject
    {
        ["Results"] = new JsonArray([.. response.Results.Select(item => new JsonObject
        {
            ["Status"] = item.Status.Value,
            ["MeteringRecordId"] = item.MeteringRecordId,
        })]),
        ["UnprocessedRecords"] = new JsonArray([.. response.UnprocessedRecords.Select(_ => new JsonObject())]),
    });

    private static Outcome Of(MeterUsageResponse response) =>
        Of(response, new JsonObject { ["MeteringRecordId"] = response.MeteringRecordId });

    private static Outcome Of(RegisterUsageResponse response) => Of(response, new JsonObject
    {
        ["Signature"] = response.Signature,
        ["PublicKeyRotationTimestamp"] =
            response.PublicKeyRotationTimestamp is { } time ? JsonValue.Create(time) : null,
    });

    private static Outcome Of(ResolveCustomerResponse response) => Of(response, new JsonObject
    {
        ["CustomerIdentifier"] = response.CustomerIdentifier,
        ["CustomerAWSAccountId"] = response.CustomerAWSAccountId,
        ["LicenseArn"] = response.LicenseArn,
        ["ProductCode"] = response.ProductCode,
    });

    private static Outcome Of(AmazonWebServiceResponse response, JsonObject result) => new()
    {
        Status = (int)response.HttpStatusCode,
        Result = JsonSerializer.SerializeToElement(result),
    };

    private sealed class EpochSeconds : JsonConverter<DateTime?>
    {
        public override DateTime? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            DateTimeOffset.FromUnixTimeSeconds(reader.GetInt64()).UtcDateTime;

        public override void Write(Utf8JsonWriter writer, DateTime? value, JsonSerializerOptions options) =>
            throw new NotSupportedException("Requests are only read.");
    }
}
