using System.Net;
using Amazon.AWSMarketplaceMetering.Model;
using Amazon.AWSMarketplaceMetering.Tests.Stub;
using Amazon.Runtime;
using Endpoint = Amazon.Runtime.Endpoints.Endpoint;

namespace Amazon.AWSMarketplaceMetering.Tests;

/// <summary>Code as users of the official package write it. Most of the test is that it compiles.</summary>
public sealed class SourceCompatibilityTests
{
    [Fact]
    public async Task Meter_AsSellersDo_SortsTheOutcomes()
    {
        await using var service = await StubService.StartAsync(Answer.Ok(
            """
            {"Results":[{"Status":"Success","UsageRecord":{"Dimension":"a"}},
                        {"Status":"DuplicateRecord","UsageRecord":{"Dimension":"b"}},
                        {"Status":"CustomerNotSubscribed","UsageRecord":{"Dimension":"c"}}],
             "UnprocessedRecords":[{"Dimension":"d"}]}
            """));
        using IAmazonAWSMarketplaceMetering client = service.Client();

        var outcome = await MeterAsync(client, "prod-1", [("cust-1", 5), ("cust-2", 0)]);

        Assert.Equal("a Success;b differs;c gone;d again", outcome);
        Assert.Equal(2, service.Requests[0].Json["UsageRecords"]!.AsArray().Count);
    }

    [Fact]
    public async Task Meter_ErrorsAsSellersCatchThem_AreToldApart()
    {
        await using var service = await StubService.StartAsync(
            Answer.Error("ThrottlingException"), Answer.Error("TimestampOutOfBoundsException"),
            Answer.Error("AccessDeniedException"));
        using var client = service.Client();

        Assert.Equal("slow down", await MeterAsync(client, "prod-1", []));
        Assert.Equal("too late: Said so.", await MeterAsync(client, "prod-1", []));
        Assert.Equal("AccessDeniedException BadRequest", await MeterAsync(client, "prod-1", []));
    }

    [Fact]
    public async Task Fakes_OfInterfaceAndClient_CanBeWritten()
    {
        Assert.Equal("slow down", await MeterAsync(new FakeInterface(), "prod-1", []));
        using var client = new FakeClient();
        Assert.Equal("", await MeterAsync(client, "prod-1", []));
    }

    [Fact]
    public void Client_EveryConstructorOfTheOfficialOne_Exists()
    {
        var constructors = typeof(AmazonAWSMarketplaceMeteringClient).GetConstructors()
            .Select(constructor => constructor.GetParameters())
            .Select(all => string.Join(", ", all.Select(one => $"{one.ParameterType.Name} {one.Name}")))
            .Order(StringComparer.Ordinal);

        const string Config = "AmazonAWSMarketplaceMeteringConfig";
        const string Keys = "String awsAccessKeyId, String awsSecretAccessKey";
        Assert.Equal(
            new[]
            {
                "", "RegionEndpoint region", $"{Config} config",
                "AWSCredentials credentials", "AWSCredentials credentials, RegionEndpoint region",
                $"AWSCredentials credentials, {Config} clientConfig",
                Keys, $"{Keys}, RegionEndpoint region", $"{Keys}, {Config} clientConfig",
                $"{Keys}, String awsSessionToken", $"{Keys}, String awsSessionToken, RegionEndpoint region",
                $"{Keys}, String awsSessionToken, {Config} clientConfig",
            }.Order(StringComparer.Ordinal),
            constructors);
    }

    [Fact]
    public void Client_RegionOnly_CanBeMadeWithoutCredentials()
    {
        using var client = new AmazonAWSMarketplaceMeteringClient(RegionEndpoint.USEast1);

        Assert.Equal("us-east-1", client.Config.RegionEndpoint.SystemName);
        Assert.Equal("aws-marketplace", client.Config.AuthenticationServiceName);
        Assert.Equal("Marketplace Metering", AmazonAWSMarketplaceMeteringConfig.ServiceId);
        Assert.Equal("2016-01-14", client.Config.ServiceVersion);
        Assert.Equal("metering.marketplace", client.Config.RegionEndpointServiceName);
    }

    [Fact]
    public void DependencyInjection_KnowsOnlyTheInterface_MakesTheClient()
    {
        using var client = Make<IAmazonAWSMarketplaceMetering>();

        _ = Assert.IsType<AmazonAWSMarketplaceMeteringClient>(client);
    }

    [Fact]
    public void Status_ComparedAsUsersDo_IsTheConstant()
    {
        UsageRecordResultStatus status = "success";
        string text = UsageRecordResultStatus.DuplicateRecord;

        Assert.True(status == UsageRecordResultStatus.Success);
        Assert.True(status == "Success");
        Assert.Equal("DuplicateRecord", text);
        Assert.Same(UsageRecordResultStatus.CustomerNotSubscribed,
            UsageRecordResultStatus.FindValue("CustomerNotSubscribed"));
        Assert.Equal("Later", new UsageRecordResultStatus("Later").ToString());
    }

    [Fact]
    public void Exceptions_MadeByHand_SayWhatTheyWereGiven()
    {
        var cause = new InvalidOperationException("why");

        Assert.Equal("why", new ThrottlingException(cause).Message);
        Assert.Same(cause, new ThrottlingException("m", cause).InnerException);
        var whole = new ThrottlingException(
            "m", ErrorType.Sender, "ThrottlingException", "req-1", HttpStatusCode.BadRequest);
        Assert.Equal(("m", "ThrottlingException", "req-1"), (whole.Message, whole.ErrorCode, whole.RequestId));
        Assert.Equal((ErrorType.Sender, HttpStatusCode.BadRequest), (whole.ErrorType, whole.StatusCode));
    }

    [Fact]
    public void DefaultConfigurations_All_AreTheFiveOfTheSdks()
    {
        var all = AmazonAWSMarketplaceMeteringDefaultConfiguration.GetAllConfigurations();

        Assert.Equal(
            ["Standard 3.1", "InRegion 1.1", "CrossRegion 3.1", "Mobile 30", "Auto 1.1"],
            all.Select(one => $"{one.Name} {one.ConnectTimeout!.Value.TotalSeconds}"));
    }

    private static TService Make<TService>()
        where TService : IAmazonService =>
        (TService)TService.CreateDefaultServiceClient(
            new BasicAWSCredentials("a", "b"), WithRegion(TService.CreateDefaultClientConfig()));

    private static ClientConfig WithRegion(ClientConfig config)
    {
        config.RegionEndpoint = RegionEndpoint.USEast1;
        return config;
    }

    private static async Task<string> MeterAsync(
        IAmazonAWSMarketplaceMetering client, string productCode, List<(string Customer, int Units)> usage)
    {
        var request = new BatchMeterUsageRequest { ProductCode = productCode, UsageRecords = new List<UsageRecord>() };
        foreach (var (customer, units) in usage)
        {
            request.UsageRecords.Add(new UsageRecord
            {
                CustomerIdentifier = customer,
                Dimension = "users",
                Quantity = units,
                Timestamp = new DateTime(2026, 9, 1, 12, 0, 0, DateTimeKind.Utc),
                UsageAllocations = null,
            });
        }

        try
        {
            BatchMeterUsageResponse response = await client.BatchMeterUsageAsync(request);
            var lines = response.Results.Select(Outcome).ToList();
            foreach (UsageRecord record in response.UnprocessedRecords)
                lines.Add(record.Dimension + " again");
            return string.Join(';', lines);
        }
        catch (ThrottlingException)
        {
            return "slow down";
        }
        catch (TimestampOutOfBoundsException e)
        {
            return "too late: " + e.Message;
        }
        catch (AmazonAWSMarketplaceMeteringException e) when (e.StatusCode == HttpStatusCode.BadRequest)
        {
            return $"{e.ErrorCode} {e.StatusCode}";
        }
    }

    private static string Outcome(UsageRecordResult result)
    {
        string dimension = result.UsageRecord.Dimension;
        if (result.Status == UsageRecordResultStatus.DuplicateRecord)
            return dimension + " differs";
        return result.Status.Equals(UsageRecordResultStatus.CustomerNotSubscribed)
            ? dimension + " gone"
            : $"{dimension} {result.Status.Value}";
    }

    private sealed class FakeInterface : IAmazonAWSMarketplaceMetering
    {
        public IClientConfig Config => new AmazonAWSMarketplaceMeteringConfig();

        public Task<BatchMeterUsageResponse> BatchMeterUsageAsync(
            BatchMeterUsageRequest request, CancellationToken cancellationToken = default) =>
            Task.FromException<BatchMeterUsageResponse>(new ThrottlingException("Slow down."));

        public Task<MeterUsageResponse> MeterUsageAsync(
            MeterUsageRequest request, CancellationToken cancellationToken = default) =>
            Task.FromResult(new MeterUsageResponse());

        public Task<RegisterUsageResponse> RegisterUsageAsync(
            RegisterUsageRequest request, CancellationToken cancellationToken = default) =>
            Task.FromResult(new RegisterUsageResponse());

        public Task<ResolveCustomerResponse> ResolveCustomerAsync(
            ResolveCustomerRequest request, CancellationToken cancellationToken = default) =>
            Task.FromResult(new ResolveCustomerResponse());

        public Endpoint DetermineServiceOperationEndpoint(AmazonWebServiceRequest request) => new("http://fake.test/");

        public void Dispose()
        {
        }
    }

    private sealed class FakeClient() : AmazonAWSMarketplaceMeteringClient("a", "b", RegionEndpoint.USEast1)
    {
        public override Task<BatchMeterUsageResponse> BatchMeterUsageAsync(
            BatchMeterUsageRequest request, CancellationToken cancellationToken = default) =>
            Task.FromResult(new BatchMeterUsageResponse { Results = [], UnprocessedRecords = [] });
    }
}
