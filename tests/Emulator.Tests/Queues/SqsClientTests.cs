using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using Tally.Emulator.Tests.Hosting;

namespace Tally.Emulator.Tests.Queues;

/// <summary>The queue endpoint as clients of SQS see it.</summary>
public sealed class SqsClientTests
{
    [Fact]
    public async Task Message_SentAndReceived_IsHiddenUntilItIsDeletedOrItsTimeIsUp()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        using var client = Client(fixture);
        var url = (await client.CreateQueueAsync("notices")).QueueUrl;
        var sent = await client.SendMessageAsync(url, "{\"é\":1}");

        var first = Assert.Single(await ReceiveAsync(client, url));
        Assert.Equal(("{\"é\":1}", sent.MessageId), (first.Body, first.MessageId));
        Assert.Empty(await ReceiveAsync(client, url));
        fixture.Clock.Advance(TimeSpan.FromSeconds(30));
        var again = Assert.Single(await ReceiveAsync(client, url));
        Assert.Equal("2", again.Attributes["ApproximateReceiveCount"]);
        _ = await client.DeleteMessageAsync(url, again.ReceiptHandle);
        fixture.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Empty(await ReceiveAsync(client, url));
    }

    [Fact]
    public async Task Receive_WithAWaitTime_ReturnsAsSoonAsAMessageComes()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        using var client = Client(fixture);
        var url = (await client.CreateQueueAsync("notices")).QueueUrl;
        var receiving = client.ReceiveMessageAsync(
            new ReceiveMessageRequest { QueueUrl = url, WaitTimeSeconds = 20 }, TestContext.Current.CancellationToken);
        _ = await client.SendMessageAsync(url, "late");
        Assert.Equal("late", Assert.Single((await receiving).Messages).Body);
    }

    [Fact]
    public async Task ChangeVisibility_ToNothing_GivesTheMessageBackAtOnce()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        using var client = Client(fixture);
        var url = (await client.CreateQueueAsync("notices")).QueueUrl;
        _ = await client.SendMessageAsync(url, "again");
        var first = Assert.Single(await ReceiveAsync(client, url));
        _ = await client.ChangeMessageVisibilityAsync(url, first.ReceiptHandle, 0);
        _ = Assert.Single(await ReceiveAsync(client, url));
    }

    [Fact]
    public async Task Batches_OfTen_AreSentCountedReceivedAndDeleted()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        using var client = Client(fixture);
        var url = (await client.CreateQueueAsync("notices")).QueueUrl;
        var entries = Enumerable.Range(0, 10)
            .Select(number => new SendMessageBatchRequestEntry($"m{number}", $"body {number}")).ToList();
        Assert.Equal(10, (await client.SendMessageBatchAsync(url, entries)).Successful.Count);

        var received = await ReceiveAsync(client, url, 10);
        Assert.Equal(Enumerable.Range(0, 10).Select(number => $"body {number}"), received.Select(item => item.Body));
        var attributes = await client.GetQueueAttributesAsync(url, ["All"]);
        Assert.Equal(
            (0, 10), (attributes.ApproximateNumberOfMessages, attributes.ApproximateNumberOfMessagesNotVisible));
        var handles = received.Select(item => new DeleteMessageBatchRequestEntry(item.MessageId, item.ReceiptHandle));
        _ = await client.DeleteMessageBatchAsync(url, [.. handles]);
        Assert.Equal(
            0, (await client.GetQueueAttributesAsync(url, ["All"])).ApproximateNumberOfMessagesNotVisible);
    }

    [Fact]
    public async Task Queues_MadeTwicePurgedAndDeleted_AreWhatTheyShouldBe()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        using var client = Client(fixture);
        var url = (await client.CreateQueueAsync("one")).QueueUrl;
        Assert.Equal(url, (await client.CreateQueueAsync("one")).QueueUrl);
        Assert.Equal(url, (await client.GetQueueUrlAsync("one")).QueueUrl);
        Assert.Equal([url], (await client.ListQueuesAsync(string.Empty)).QueueUrls);
        _ = await client.SendMessageAsync(url, "gone");
        _ = await client.PurgeQueueAsync(url);
        Assert.Empty(await ReceiveAsync(client, url));
        _ = await client.DeleteQueueAsync(url);
        _ = await Assert.ThrowsAsync<QueueDoesNotExistException>(() => client.SendMessageAsync(url, "x"));
        _ = await Assert.ThrowsAsync<QueueDoesNotExistException>(() => client.GetQueueUrlAsync("one"));
    }

    [Fact]
    public async Task Requests_OutOfRange_AreRefusedInTheWordsOfSqs()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        using var client = Client(fixture);
        var url = (await client.CreateQueueAsync("one")).QueueUrl;
        var receive = await Assert.ThrowsAnyAsync<AmazonSQSException>(() => ReceiveAsync(client, url, 11));
        var create = await Assert.ThrowsAnyAsync<AmazonSQSException>(() => client.CreateQueueAsync("a b"));
        Assert.StartsWith(
            "Value 11 for parameter MaxNumberOfMessages is invalid.", receive.Message, StringComparison.Ordinal);
        Assert.StartsWith("Can only include alphanumeric characters", create.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/000000000000/one", "{}")]
    [InlineData("/000000000000/one", "no json")]
    public async Task Post_ToAQueueWithoutAnOperation_IsRefused(string path, string body)
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var reply = await fixture.Caller.SendAsync(HttpMethod.Post, path, body);
        Assert.Equal(400, reply.Status);
        Assert.StartsWith("com.amazonaws.sqs#", reply.ErrorCode, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_InAFile_SurviveARestart()
    {
        var options = new EmulatorOptions
        {
            DataDirectory = Directory.CreateTempSubdirectory("emulator-").FullName,
        };
        await using (var fixture = await EmulatorFixture.StartAsync(options))
        {
            using var client = Client(fixture);
            var url = (await client.CreateQueueAsync("one")).QueueUrl;
            _ = await client.SendMessageAsync(url, "first");
            _ = await client.SendMessageAsync(url, "second");
            _ = await ReceiveAsync(client, url);
        }

        await using (var fixture = await EmulatorFixture.StartAsync(options))
        {
            using var client = Client(fixture);
            var url = (await client.GetQueueUrlAsync("one")).QueueUrl;
            _ = await client.SendMessageAsync(url, "third");
            Assert.Equal(
                ["first", "second", "third"], (await ReceiveAsync(client, url, 10)).Select(message => message.Body));
        }

        Directory.Delete(options.DataDirectory, recursive: true);
    }

    internal static AmazonSQSClient Client(EmulatorFixture fixture) => new(
        new BasicAWSCredentials("test", "test"),
        new AmazonSQSConfig
        {
            ServiceURL = fixture.Emulator.Endpoint.ToString(),
            AuthenticationRegion = "us-east-1",
        });

    internal static async Task<IReadOnlyList<Message>> ReceiveAsync(
        AmazonSQSClient client,
        string url,
        int count = 1) =>
        (await client.ReceiveMessageAsync(new ReceiveMessageRequest
        {
            QueueUrl = url,
            MaxNumberOfMessages = count,
            MessageSystemAttributeNames = ["All"],
        })).Messages ?? [];
}
