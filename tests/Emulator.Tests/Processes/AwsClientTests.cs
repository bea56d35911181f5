using System.Text.Json;
using Tally.Emulator.Tests.Hosting;

namespace Tally.Emulator.Tests.Processes;

/// <summary>AWS's own clients against the emulator, where the machine has them.</summary>
public sealed class AwsClientTests
{
    private const string Script =
        """
        import boto3, datetime, json, sys
        from botocore.config import Config
        from botocore.exceptions import ClientError
        client = boto3.client('meteringmarketplace', endpoint_url=sys.argv[1], region_name='us-east-1',
            aws_access_key_id='a', aws_secret_access_key='b', config=Config(retries={'total_max_attempts': 1}))
        when = datetime.datetime.fromtimestamp(float(sys.argv[2]), datetime.timezone.utc)
        def record(customer, quantity, dimension='api_calls'):
            return dict(Timestamp=when, CustomerIdentifier=customer, Dimension=dimension, Quantity=quantity,
                UsageAllocations=[dict(AllocatedUsageQuantity=quantity, Tags=[dict(Key='k', Value='v')])])
        def meter(*records):
            return client.batch_meter_usage(ProductCode='prod-1', UsageRecords=list(records))
        def error(call):
            try:
                call()
            except ClientError as failure:
                return type(failure).__name__
        first = meter(record('cust-1', 5), record('cust-2', 5))
        again = meter(record('cust-1', 5), record('cust-1', 6))
        print(json.dumps(dict(
            first=[result['Status'] for result in first['Results']],
            again=[result['Status'] for result in again['Results']],
            sameId=first['Results'][0]['MeteringRecordId'] == again['Results'][0]['MeteringRecordId'],
            sameRecord=first['Results'][0]['UsageRecord'] == record('cust-1', 5),
            unprocessed=first['UnprocessedRecords'],
            requestId=len(first['ResponseMetadata']['RequestId']),
            dimension=error(lambda: meter(record('cust-1', 1, 'other'))),
            token=error(lambda: client.resolve_customer(RegistrationToken='made-up')),
            customer=client.resolve_customer(RegistrationToken=sys.argv[3])['CustomerIdentifier'])))
        """;

    [Fact]
    public async Task Boto3_EveryOperation_UnderstandsTheAnswers()
    {
        await AwsTool.SkipWithoutBoto3Async();
        await using var fixture = await EmulatorFixture.StartAsync();
        var token = await fixture.Caller.SendAsync(
            HttpMethod.Post, "/_emulator/tokens", """{"productCode":"prod-1","customerIdentifier":"cust-1"}""");
        var (exitCode, output, errors) = await AwsTool.RunAsync(
            AwsTool.Python,
            "-c",
            Script,
            $"{fixture.Emulator.Endpoint}",
            $"{fixture.Now}",
            token.Json.GetProperty("token").GetString()!);

        Assert.True(exitCode == 0, errors);
        Assert.Equal(
            """
            {"first":["Success","CustomerNotSubscribed"],"again":["Success","DuplicateRecord"],"sameId":true,
            "sameRecord":true,"unprocessed":[],"requestId":36,"dimension":"InvalidUsageDimensionException",
            "token":"InvalidTokenException","customer":"cust-1"}
            """.ReplaceLineEndings(string.Empty),
            JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>(output)));
    }

    [Fact]
    public async Task Boto3_Faults_AreItsExceptions()
    {
        await AwsTool.SkipWithoutBoto3Async();
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Emulator.Faults = new FaultPlan { ThrottleRate = 1 };
        var throttled = await AwsTool.RunAsync(
            AwsTool.Python, "-c", Script, $"{fixture.Emulator.Endpoint}", $"{fixture.Now}", "t");
        fixture.Emulator.Faults = new FaultPlan { ErrorRate = 1 };
        var failed = await AwsTool.RunAsync(
            AwsTool.Python, "-c", Script, $"{fixture.Emulator.Endpoint}", $"{fixture.Now}", "t");

        Assert.Contains("errorfactory.ThrottlingException", throttled.Errors, StringComparison.Ordinal);
        Assert.Contains("errorfactory.InternalServiceErrorException", failed.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AwsCli_BatchMeterUsage_UnderstandsTheAnswer()
    {
        AwsTool.SkipWithout(AwsTool.Cli);
        await using var fixture = await EmulatorFixture.StartAsync();
        var (exitCode, output, errors) = await AwsTool.RunAsync(
            AwsTool.Cli,
            "meteringmarketplace",
            "batch-meter-usage",
            "--endpoint-url",
            $"{fixture.Emulator.Endpoint}",
            "--product-code",
            EmulatorFixture.Product,
            "--usage-records",
            $"Timestamp={fixture.Now},CustomerIdentifier=cust-1,Dimension=api_calls,Quantity=3");

        Assert.True(exitCode == 0, errors);
        var result = JsonSerializer.Deserialize<JsonElement>(output).GetProperty("Results")[0];
        Assert.Equal("Success", result.GetProperty("Status").GetString());
        Assert.Equal(3, Assert.Single(await fixture.Emulator.ListRecordsAsync()).Quantity);
    }
}
