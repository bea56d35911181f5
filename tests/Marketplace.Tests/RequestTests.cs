using Amazon.AWSMarketplaceMetering.Model;
using Amazon.AWSMarketplaceMetering.Tests.Stub;
using Amazon.Runtime;

namespace Amazon.AWSMarketplaceMetering.Tests;

/// <summary>Requests as they leave: every byte of the body, the headers, the signature.</summary>
public sealed class RequestTests
{
    private static readonly DateTime Noon = new(2026, 9, 1, 12, 59, 59, DateTimeKind.Utc);

    [Fact]
    public async Task BatchMeterUsage_EveryMemberSet_SendsThemUnderTheirNames()
    {
        await using var service = await StubService.StartAsync();
        using var client = service.Client();

        _ = await client.BatchMeterUsageAsync(new BatchMeterUsageRequest
        {
            ProductCode = "prod-1",
            UsageRecords =
            [
                new UsageRecord
                {
                    CustomerAWSAccountId = "123456789012",
                    CustomerIdentifier = "cust-1",
                    Dimension = "gb_hours",
                    LicenseArn = "arn:aws:license-manager:us-east-1:123456789012:license:l-1",
                    Quantity = 7,
                    Timestamp = Noon,
                    UsageAllocations =
                    [
                        new UsageAllocation
                        {
                            AllocatedUsageQuantity = 7,
                            Tags = [new Tag { Key = "team", Value = "a+b/é" }],
                        },
                    ],
                },
            ],
        });

        Assert.Equal(
            Lines(
                """{"ProductCode":"prod-1","UsageRecords":[{""",
                """ "CustomerAWSAccountId":"123456789012","CustomerIdentifier":"cust-1","Dimension":"gb_hours",""",
                """ "LicenseArn":"arn:aws:license-manager:us-east-1:123456789012:license:l-1","Quantity":7,""",
                """ "Timestamp":1788267599,""",
                """ "UsageAllocations":[{"AllocatedUsageQuantity":7,"Tags":[{"Key":"team","Value":"a+b/é"}]}]}]}"""),
            service.Requests[0].Text);
    }

    [Fact]
    public async Task MeterUsage_EveryMemberSet_SendsThemUnderTheirNames()
    {
        await using var service = await StubService.StartAsync();
        using var client = service.Client();

        _ = await client.MeterUsageAsync(new MeterUsageRequest
        {
            ClientToken = "token-1",
            DryRun = false,
            ProductCode = "prod-1",
            Timestamp = Noon,
            UsageAllocations = [new UsageAllocation { AllocatedUsageQuantity = 0 }],
            UsageDimension = "hours",
            UsageQuantity = 0,
        });

        Assert.Equal(
            Lines(
                """{"ClientToken":"token-1","DryRun":false,"ProductCode":"prod-1","Timestamp":1788267599,""",
                """ "UsageAllocations":[{"AllocatedUsageQuantity":0}],"UsageDimension":"hours","UsageQuantity":0}"""),
            service.Requests[0].Text);
    }

    [Fact]
    public async Task RegisterUsage_EveryMemberSet_SendsThemUnderTheirNames()
    {
        await using var service = await StubService.StartAsync();
        using var client = service.Client();

        _ = await client.RegisterUsageAsync(
            new RegisterUsageRequest { Nonce = "n", ProductCode = "prod-1", PublicKeyVersion = 3 });

        Assert.Equal(
            """{"Nonce":"n","ProductCode":"prod-1","PublicKeyVersion":3}""", service.Requests[0].Text);
    }

    [Fact]
    public async Task ResolveCustomer_Token_SendsItUnchanged()
    {
        await using var service = await StubService.StartAsync();
        using var client = service.Client();

        _ = await client.ResolveCustomerAsync(new ResolveCustomerRequest { RegistrationToken = "a\"b\\c\u0001/+=" });

        Assert.Equal("""{"RegistrationToken":"a\"b\\c\u0001/+="}""", service.Requests[0].Text);
    }

    [Fact]
    public async Task BatchMeterUsage_NothingSet_SendsAnEmptyObject()
    {
        await using var service = await StubService.StartAsync();
        using var client = service.Client();

        _ = await client.BatchMeterUsageAsync(new BatchMeterUsageRequest());

        Assert.Equal("{}", service.Requests[0].Text);
    }

    [Fact]
    public async Task BatchMeterUsage_NullAndEmptyLists_AreLeftOutAndSentEmpty()
    {
        await using var service = await StubService.StartAsync();
        using var client = service.Client();

        _ = await client.BatchMeterUsageAsync(new BatchMeterUsageRequest
        {
            UsageRecords = [new UsageRecord(), new UsageRecord { UsageAllocations = [] }],
        });

        Assert.Equal("""{"UsageRecords":[{},{"UsageAllocations":[]}]}""", service.Requests[0].Text);
    }

    [Fact]
    public async Task Call_AnyOperation_HasTheHeadersOfAwsJson()
    {
        await using var service = await StubService.StartAsync();
        using var client = service.Client();

        _ = await client.ResolveCustomerAsync(new ResolveCustomerRequest { RegistrationToken = "t" });

        var sent = service.Requests[0];
        Assert.Equal("POST /", $"{sent.Method} {sent.Path}");
        Assert.Equal("AWSMPMeteringService.ResolveCustomer", sent.Header("X-Amz-Target"));
        Assert.Equal("application/x-amz-json-1.1", sent.Header("Content-Type"));
        Assert.Equal("2016-01-14", sent.Header("x-amz-api-version"));
        Assert.Contains("api/Marketplace_Metering#", sent.Header("User-Agent"));
        Assert.NotEqual("", sent.Header("amz-sdk-invocation-id"));
    }

    [Fact]
    public async Task Call_AnyOperation_IsSignedForTheServiceAndRegion()
    {
        await using var service = await StubService.StartAsync();
        using var client = service.Client();

        _ = await client.MeterUsageAsync(new MeterUsageRequest { UsageDimension = "ünïcode" });

        var sent = service.Requests[0];
        var signature = Signature.Of(sent);
        Assert.Equal("AKIDEXAMPLE", signature.KeyId);
        Assert.Matches("^[0-9]{8}/eu-central-1/aws-marketplace/aws4_request$", signature.Scope);
        Assert.Equal(
            "content-type;host;x-amz-api-version;x-amz-content-sha256;x-amz-date;x-amz-target",
            signature.SignedHeaders);
        Assert.Equal(Signature.Sha256(sent.Body), sent.Header("X-Amz-Content-SHA256"));
        Assert.Equal(signature.Recomputed(sent, "SECRETEXAMPLE"), signature.Value);
    }

    [Fact]
    public async Task Call_TemporaryCredentials_SendsAndSignsTheSessionToken()
    {
        await using var service = await StubService.StartAsync();
        using var client = new AmazonAWSMarketplaceMeteringClient(
            "AKIDEXAMPLE", "SECRETEXAMPLE", "SESSION",
            new AmazonAWSMarketplaceMeteringConfig { ServiceURL = service.Url, AuthenticationRegion = "us-east-1" });

        _ = await client.ResolveCustomerAsync(new ResolveCustomerRequest());

        Assert.Equal("SESSION", service.Requests[0].Header("X-Amz-Security-Token"));
        Assert.Contains("x-amz-security-token", Signature.Of(service.Requests[0]).SignedHeaders);
    }

    [Fact]
    public async Task MeterUsage_NoClientToken_SendsANewOneAndLeavesTheRequestAlone()
    {
        await using var service = await StubService.StartAsync();
        using var client = service.Client();
        var request = new MeterUsageRequest { ProductCode = "prod-1" };

        _ = await client.MeterUsageAsync(request);
        _ = await client.MeterUsageAsync(request);

        var tokens = service.Requests.Select(sent => sent.Json["ClientToken"]!.GetValue<string>()).ToList();
        Assert.All(tokens, token => Assert.True(Guid.TryParseExact(token, "D", out _)));
        Assert.NotEqual(tokens[0], tokens[1]);
        Assert.Null(request.ClientToken);
    }

    [Fact]
    public async Task MeterUsage_DateTimes_ArriveAsWholeSecondsRoundedDown()
    {
        await using var service = await StubService.StartAsync();
        using var client = service.Client();

        _ = await client.MeterUsageAsync(new MeterUsageRequest { Timestamp = Noon.AddMilliseconds(999.9999) });

        Assert.Equal("1788267599", service.Requests[0].Json["Timestamp"]!.ToJsonString());
    }

    [Fact]
    public async Task Call_NullRequest_IsRefusedAtOnce()
    {
        await using var service = await StubService.StartAsync();
        using var client = service.Client();

        _ = await Assert.ThrowsAsync<ArgumentNullException>(() => client.BatchMeterUsageAsync(request: null));

        Assert.Empty(service.Requests);
    }

    [Fact]
    public async Task Call_AfterDispose_IsRefused()
    {
        await using var service = await StubService.StartAsync();
        var client = service.Client();
        client.Dispose();

        _ = await Assert.ThrowsAsync<ObjectDisposedException>(
            () => client.MeterUsageAsync(new MeterUsageRequest()));
    }

    [Fact]
    public async Task Call_BeforeRequestEvent_SeesTheRequest()
    {
        await using var service = await StubService.StartAsync();
        using var client = service.Client();
        var seen = new List<string>();
        client.BeforeRequestEvent += (_, e) => seen.Add(((WebServiceRequestEventArgs)e).Headers["X-Amz-Target"]);

        _ = await client.RegisterUsageAsync(new RegisterUsageRequest());

        Assert.Equal(["AWSMPMeteringService.RegisterUsage"], seen);
    }

    private static string Lines(params string[] lines) => string.Concat(lines.Select(line => line.Trim()));
}
