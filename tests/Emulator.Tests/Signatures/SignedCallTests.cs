using System.Diagnostics;
using System.Net;
using Amazon.AWSMarketplaceMetering;
using Amazon.AWSMarketplaceMetering.Model;
using Amazon.Runtime;
using Amazon.SQS;
using Tally.Emulator.Tests.Hosting;
using Tally.Emulator.Tests.Processes;

namespace Tally.Emulator.Tests.Signatures;

/// <summary>Real clients sign, and the emulator checks.</summary>
public sealed class SignedCallTests
{
    [Theory]
    [InlineData("test", null)]
    [InlineData("wrong", "InvalidSignatureException")]
    public async Task DotNetClient_WithASecret_IsCheckedByIt(string secret, string? error)
    {
        var options = new EmulatorOptions { RequireSignature = true };
        await using var emulator = await MarketplaceEmulator.StartAsync(options);
        await emulator.DeclareProductAsync("prod-1", "api_calls");
        using var client = new AmazonAWSMarketplaceMeteringClient(
            new BasicAWSCredentials("test", secret),
            new AmazonAWSMarketplaceMeteringConfig
            {
                ServiceURL = emulator.Endpoint.ToString(),
                AuthenticationRegion = "eu-west-1",
                MaxErrorRetry = 0,
            });
        var call = client.BatchMeterUsageAsync(new BatchMeterUsageRequest
        {
            ProductCode = "prod-1",
            UsageRecords =
            [
                new() { CustomerIdentifier = "c", Dimension = "api_calls", Quantity = 1, Timestamp = DateTime.UtcNow },
            ],
        });

        if (error is null)
        {
            Assert.Equal(UsageRecordResultStatus.Success, (await call).Results.Single().Status);
            Assert.Equal("eu-west-1", Assert.Single(await emulator.ListRecordsAsync()).Region);
        }
        else
        {
            var refused = await Assert.ThrowsAsync<AmazonAWSMarketplaceMeteringException>(() => call);
            Assert.Equal(error, refused.ErrorCode);
        }
    }

    [Theory]
    [InlineData("a-token", null)]
    [InlineData("another", "UnrecognizedClientException")]
    public async Task DotNetClient_WithASessionToken_IsCheckedByThatToo(string token, string? error)
    {
        var key = new AccessKey { AccessKeyId = "ASIA", SecretAccessKey = "secret", SessionToken = "a-token" };
        var options = new EmulatorOptions { RequireSignature = true, AccessKeys = [key] };
        await using var emulator = await MarketplaceEmulator.StartAsync(options);
        using var client = new AmazonAWSMarketplaceMeteringClient(
            new SessionAWSCredentials("ASIA", "secret", token),
            new AmazonAWSMarketplaceMeteringConfig
            {
                ServiceURL = emulator.Endpoint.ToString(),
                AuthenticationRegion = "eu-west-1",
                MaxErrorRetry = 0,
            });
        // The product isn't declared, which is told only to those who are let in.
        var refused = await Assert.ThrowsAnyAsync<AmazonAWSMarketplaceMeteringException>(
            () => client.BatchMeterUsageAsync(new BatchMeterUsageRequest
            {
                ProductCode = "prod-1",
                UsageRecords =
                [
                    new() { CustomerIdentifier = "c", Dimension = "d", Quantity = 1, Timestamp = DateTime.UtcNow },
                ],
            }));
        Assert.Equal(error ?? "InvalidProductCodeException", refused.ErrorCode);
    }

    [Theory]
    [InlineData("test", "test", null)]
    [InlineData("test", "wrong", "SignatureDoesNotMatch")]
    [InlineData("nobody", "test", "InvalidClientTokenId")]
    public async Task QueueClient_WithASecret_IsCheckedByIt(string key, string secret, string? error)
    {
        var options = new EmulatorOptions { RequireSignature = true };
        await using var emulator = await MarketplaceEmulator.StartAsync(options);
        using var client = new AmazonSQSClient(
            new BasicAWSCredentials(key, secret),
            new AmazonSQSConfig
            {
                ServiceURL = emulator.Endpoint.ToString(),
                AuthenticationRegion = "eu-west-1",
                MaxErrorRetry = 0,
            });
        if (error is null)
        {
            Assert.EndsWith("/000000000000/q", (await client.CreateQueueAsync("q")).QueueUrl, StringComparison.Ordinal);
            return;
        }

        var refused = await Assert.ThrowsAnyAsync<AmazonSQSException>(() => client.CreateQueueAsync("q"));
        Assert.Equal((error, HttpStatusCode.Forbidden), (refused.ErrorCode, refused.StatusCode));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TooLargeCall_WhenSignaturesAreRequired_IsToldThatItIsTooLarge(bool isChunked)
    {
        await using var fixture = await EmulatorFixture.StartAsync(new EmulatorOptions { RequireSignature = true });
        var reply = await fixture.Caller.MeterBlanksAsync(1024 * 1024, isChunked);
        Assert.Equal((400, "ValidationException"), (reply.Status, reply.ErrorCode));
    }

    [Fact]
    public async Task UnsignedCall_WhenSignaturesAreRequired_IsRefusedAndStoresNothing()
    {
        await using var fixture = await EmulatorFixture.StartAsync(new EmulatorOptions { RequireSignature = true });
        var reply = await fixture.Caller.MeterAsync(EmulatorFixture.Product, fixture.Record(1));
        Assert.Equal((400, "MissingAuthenticationTokenException"), (reply.Status, reply.ErrorCode));
        Assert.Empty(await fixture.Emulator.ListRecordsAsync());
        Assert.Equal("MissingAuthenticationTokenException", Assert.Single(fixture.Emulator.Calls).Error);
    }

    [Theory]
    [InlineData("b", "Success")]
    [InlineData("c", "InvalidSignatureException")]
    public async Task AwsCli_OfAProcessThatChecks_IsAcceptedOnlyWithItsSecret(string secret, string expected)
    {
        const string cli = "/usr/bin/aws";
        if (!File.Exists(cli)) Assert.Skip($"{cli} is not on this machine.");
        await using var process = await EmulatorProcess.StartAsync(
            2,
            "--require-signature", "--access-key", $"a:{secret}:111122223333");
        using var caller = new MeteringCaller(process.Endpoint);
        _ = await caller.SendAsync(
            HttpMethod.Put,
            "/_emulator/products/prod-1?account=111122223333",
            """{"dimensions":["api_calls"],"openToAll":true}""");
        var start = new ProcessStartInfo(cli,
        [
            "meteringmarketplace", "batch-meter-usage", "--endpoint-url", $"{process.Endpoint}", "--product-code",
            "prod-1", "--usage-records",
            $"Timestamp={TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()},CustomerIdentifier=c,"
            + "Dimension=api_calls,Quantity=3",
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["AWS_ACCESS_KEY_ID"] = "a";
        start.Environment["AWS_SECRET_ACCESS_KEY"] = "b";
        start.Environment["AWS_DEFAULT_REGION"] = "us-east-1";
        using var run = Process.Start(start)!;
        var errors = run.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await run.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Contains(expected, output + await errors, StringComparison.Ordinal);
    }
}
