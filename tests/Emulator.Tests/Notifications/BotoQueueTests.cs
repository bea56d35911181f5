using System.ComponentModel;
using System.Diagnostics;
using Tally.Emulator.Tests.Hosting;

namespace Tally.Emulator.Tests.Notifications;

/// <summary>Queues as boto3 sees them, where the machine has one that speaks the JSON protocol.</summary>
public sealed class BotoQueueTests
{
    private const string Preamble =
        """
        import sys, boto3
        sqs = boto3.client('sqs', endpoint_url=sys.argv[1], region_name='us-east-1',
            aws_access_key_id='test', aws_secret_access_key='test')

        """;

    private const string Send =
        """
        url = sqs.create_queue(QueueName='notices', Attributes={'VisibilityTimeout': '5'})['QueueUrl']
        assert url == sqs.get_queue_url(QueueName='notices')['QueueUrl'], url
        assert url in sqs.list_queues()['QueueUrls']
        sent = sqs.send_message_batch(QueueUrl=url, Entries=[
            {'Id': 'a', 'MessageBody': 'one \u00e9'}, {'Id': 'b', 'MessageBody': 'two'}])
        assert [item['Id'] for item in sent['Successful']] == ['a', 'b'], sent
        got = sqs.receive_message(
            QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=20, AttributeNames=['All'])['Messages']
        assert [item['Body'] for item in got] == ['one \u00e9', 'two'], got
        assert all(item['Attributes']['ApproximateReceiveCount'] == '1' for item in got), got
        sqs.delete_message(QueueUrl=url, ReceiptHandle=got[0]['ReceiptHandle'])
        assert 'Messages' not in sqs.receive_message(QueueUrl=url)
        """;

    private const string Again =
        """
        url = sqs.get_queue_url(QueueName='notices')['QueueUrl']
        got = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, AttributeNames=['All'])['Messages']
        assert [(item['Body'], item['Attributes']['ApproximateReceiveCount']) for item in got] == [('two', '2')], got
        sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=got[0]['ReceiptHandle'], VisibilityTimeout=0)
        sqs.purge_queue(QueueUrl=url)
        assert 'Messages' not in sqs.receive_message(QueueUrl=url)
        sqs.delete_queue(QueueUrl=url)
        try:
            sqs.receive_message(QueueUrl=url)
        except sqs.exceptions.QueueDoesNotExist as error:
            print(error.response['Error']['Code'], error.response['ResponseMetadata']['HTTPStatusCode'])
        """;

    [Fact]
    public async Task Queue_OfBoto3_IsSentToReceivedFromHiddenAndDeleted()
    {
        await SkipWithoutJsonProtocolAsync();
        await using var fixture = await EmulatorFixture.StartAsync();
        Assert.Equal((string.Empty, string.Empty), await RunAsync(fixture.Emulator.Endpoint, Send));
        fixture.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(
            ("AWS.SimpleQueueService.NonExistentQueue 400", string.Empty),
            await RunAsync(fixture.Emulator.Endpoint, Again));
    }

    /// <summary>Until version 1.31.81 of botocore SQS was spoken to by forms and XML.</summary>
    private static async Task SkipWithoutJsonProtocolAsync()
    {
        try
        {
            var (protocol, _) = await RunAsync(
                new Uri("http://localhost"), "print(sqs.meta.service_model.metadata['protocol'])");
            if (protocol is not "json") Assert.Skip("There is no python3 with a boto3 that speaks JSON to SQS.");
        }
        catch (Win32Exception)
        {
            Assert.Skip("There is no python3 on this machine.");
        }
    }

    private static async Task<(string Output, string Errors)> RunAsync(Uri endpoint, string script)
    {
        using var run = Process.Start(new ProcessStartInfo("python3", ["-c", Preamble + script, endpoint.ToString()])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = run.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await run.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (output.Trim(), (await errors).Trim());
    }
}
