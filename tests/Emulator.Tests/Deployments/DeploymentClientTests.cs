using System.Text.Json;
using Amazon.AWSMarketplaceMetering;
using Amazon.AWSMarketplaceMetering.Model;
using Amazon.Runtime;
using Tally.Emulator.Tests.Hosting;
using Tally.Emulator.Tests.Processes;

namespace Tally.Emulator.Tests.Deployments;

/// <summary>Clients as they are used in containers; their access key names the buyer's account.</summary>
public sealed class DeploymentClientTests : IDisposable
{
    private const string Buyer = "210987654321";

    private const string Script =
        """
        import boto3, datetime, json, sys
        from botocore.config import Config
        from botocore.exceptions import ClientError
        client = boto3.client('meteringmarketplace', endpoint_url=sys.argv[1], region_name='us-east-1',
            aws_access_key_id='210987654321', aws_secret_access_key='b',
            config=Config(retries={'total_max_attempts': 1}))
        when = datetime.datetime.fromtimestamp(float(sys.argv[2]), datetime.timezone.utc)
        def meter(quantity, **more):
            return client.meter_usage(ProductCode='container-1', Timestamp=when, UsageDimension='cpu',
                UsageQuantity=quantity, **more)['MeteringRecordId']
        def register(version):
            return client.register_usage(ProductCode='container-1', PublicKeyVersion=version, Nonce='n')
        def error(call):
            try:
                call()
            except ClientError as failure:
                return type(failure).__name__ + ' ' + failure.response['Error']['Code']
        print(json.dumps(dict(
            sameId=meter(3) == meter(3),
            dryRun=error(lambda: meter(3, DryRun=True)),
            other=error(lambda: meter(4)),
            version=error(lambda: register(3)),
            rotated=register(1)['PublicKeyRotationTimestamp'].isoformat(),
            parts=len(register(2)['Signature'].split('.')))))
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("emulator-").FullName;

    [Fact]
    public async Task Boto3_BothOperations_UnderstandsTheAnswers()
    {
        await AwsTool.SkipWithoutBoto3Async();
        await using var fixture = await StartAsync();
        _ = await fixture.Caller.SendAsync(
            HttpMethod.Post, "/_emulator/keys?product=container-1", """{"rotatesAt":"2026-11-23T10:00:00Z"}""");
        var (exitCode, output, errors) = await AwsTool.RunAsync(
            AwsTool.Python, "-c", Script, $"{fixture.Emulator.Endpoint}", $"{fixture.Now}");

        Assert.True(exitCode == 0, errors);
        var said = JsonSerializer.Deserialize<JsonElement>(output);
        var rotated = DateTimeOffset.Parse(said.GetProperty("rotated").GetString()!, null);
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero), rotated);
        Assert.True(said.GetProperty("sameId").GetBoolean());
        Assert.Equal("ClientError DryRunOperation", said.GetProperty("dryRun").GetString());
        Assert.Equal(
            "DuplicateRequestException DuplicateRequestException", said.GetProperty("other").GetString());
        Assert.Equal(
            "InvalidPublicKeyVersionException InvalidPublicKeyVersionException",
            said.GetProperty("version").GetString());
        Assert.Equal(3, said.GetProperty("parts").GetInt32());
        Assert.Equal(Buyer, Assert.Single(await fixture.Emulator.ListRecordsAsync()).CustomerAWSAccountId);
    }

    [Fact]
    public async Task AwsCli_BothOperations_UnderstandsTheAnswers()
    {
        AwsTool.SkipWithout(AwsTool.Cli);
        await using var fixture = await StartAsync();
        var metered = await RunCliAsync(
            fixture,
            "meter-usage",
            "--timestamp", $"{fixture.Now}", "--usage-dimension", "cpu", "--usage-quantity", "3");
        var registered = await RunCliAsync(fixture, "register-usage", "--public-key-version", "1");

        var record = Assert.Single(await fixture.Emulator.ListRecordsAsync());
        Assert.Equal(record.MeteringRecordId, metered.GetProperty("MeteringRecordId").GetString());
        Assert.Equal(3, registered.GetProperty("Signature").GetString()!.Split('.').Length);
    }

    [Fact]
    public async Task DotNetClient_BothOperations_UnderstandsTheAnswers()
    {
        await using var fixture = await StartAsync();
        using var client = new AmazonAWSMarketplaceMeteringClient(
            new BasicAWSCredentials(Buyer, "secret"),
            new AmazonAWSMarketplaceMeteringConfig
            {
                ServiceURL = fixture.Emulator.Endpoint.ToString(),
                MaxErrorRetry = 0,
            });
        var request = new MeterUsageRequest
        {
            ProductCode = "container-1",
            Timestamp = fixture.Clock.GetUtcNow().UtcDateTime,
            UsageDimension = "cpu",
            UsageQuantity = 3,
        };
        var metered = await client.MeterUsageAsync(request);
        request.DryRun = true;
        var dry = await Assert.ThrowsAsync<AmazonAWSMarketplaceMeteringException>(
            () => client.MeterUsageAsync(request));
        request.DryRun = null;
        request.UsageQuantity = 4;
        request.ClientToken = "another";
        _ = await Assert.ThrowsAsync<DuplicateRequestException>(() => client.MeterUsageAsync(request));
        var registered = await client.RegisterUsageAsync(
            new RegisterUsageRequest { ProductCode = "container-1", PublicKeyVersion = 1 });

        Assert.Equal("DryRunOperation", dry.ErrorCode);
        var record = Assert.Single(await fixture.Emulator.ListRecordsAsync());
        Assert.Equal((record.MeteringRecordId, Buyer), (metered.MeteringRecordId, record.CustomerAWSAccountId));
        Assert.Equal(Buyer, record.ResourceId);
        Assert.Equal(3, registered.Signature.Split('.').Length);
        Assert.Null(registered.PublicKeyRotationTimestamp);
    }

    [Fact]
    public async Task OpenSsl_Signature_IsVerifiedWithASaltOf32Bytes()
    {
        AwsTool.SkipWithout(AwsTool.OpenSsl);
        await using var fixture = await StartAsync();
        var token = CompactToken.Of(await fixture.Caller.CallAsync(
            "RegisterUsage", new { ProductCode = "container-1", PublicKeyVersion = 1 }));
        var pem = await fixture.Caller.SendAsync(HttpMethod.Get, "/_emulator/keys/1?product=container-1");
        var names = new[] { "signed", "signature", "key.pem" }.Select(name => Path.Combine(_folder, name)).ToArray();
        await File.WriteAllBytesAsync(names[0], token.Signed);
        await File.WriteAllBytesAsync(names[1], token.Signature);
        await File.WriteAllTextAsync(names[2], pem.Body);
        var (exitCode, output, errors) = await AwsTool.RunAsync(
            AwsTool.OpenSsl,
            "dgst", "-sha256", "-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:32",
            "-verify", names[2], "-signature", names[1], names[0]);
        Assert.True(exitCode == 0, output + errors);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<EmulatorFixture> StartAsync()
    {
        var fixture = await EmulatorFixture.StartAsync();
        await fixture.Emulator.DeclareProductAsync("container-1", "cpu");
        return fixture;
    }

    private static async Task<JsonElement> RunCliAsync(
        EmulatorFixture fixture,
        string command,
        params string[] more)
    {
        var (exitCode, output, errors) = await AwsTool.RunAsync(
            AwsTool.Cli,
            [
                "meteringmarketplace", command, "--endpoint-url", $"{fixture.Emulator.Endpoint}",
                "--product-code", "container-1", .. more,
            ]);
        Assert.True(exitCode == 0, errors);
        return JsonSerializer.Deserialize<JsonElement>(output);
    }
}
