using Amazon.SQS.Model;
using Tally.Emulator.Tests.Hosting;
using Tally.Emulator.Tests.Queues;

namespace Tally.Emulator.Tests.Notifications;

/// <summary>Long polling by the surrounding clock.</summary>
public sealed class QueuePollingTests
{
    [Fact]
    public async Task Receive_FromAnEmptyQueue_ReturnsNothingOnceItsTimeIsUp()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        using var client = SqsClientTests.Client(fixture);
        var url = (await client.CreateQueueAsync("notices")).QueueUrl;
        var started = fixture.Clock.GetUtcNow();
        var receiving = ReceiveAsync(client, url);
        await AdvanceUntilAsync(fixture, receiving);
        Assert.Empty((await receiving).Messages ?? []);
        Assert.True(fixture.Clock.GetUtcNow() - started >= TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Receive_WhileAMessageIsHidden_GetsItOnceItIsVisibleAgain()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        using var client = SqsClientTests.Client(fixture);
        var url = (await client.CreateQueueAsync("notices")).QueueUrl;
        _ = await client.SendMessageAsync(url, "again");
        _ = Assert.Single((await client.ReceiveMessageAsync(
            new ReceiveMessageRequest { QueueUrl = url, VisibilityTimeout = 5 })).Messages);
        var receiving = ReceiveAsync(client, url);
        fixture.Clock.Advance(TimeSpan.FromSeconds(4));
        _ = await client.GetQueueAttributesAsync(url, ["All"]);
        Assert.False(receiving.IsCompleted);
        fixture.Clock.Advance(TimeSpan.FromSeconds(1));
        var received = await receiving.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal("again", Assert.Single(received.Messages).Body);
    }

    private static Task<ReceiveMessageResponse> ReceiveAsync(Amazon.SQS.AmazonSQSClient client, string url) =>
        client.ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = url, WaitTimeSeconds = 20 });

    private static async Task AdvanceUntilAsync(EmulatorFixture fixture, Task receiving)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!receiving.IsCompleted)
        {
            fixture.Clock.Advance(TimeSpan.FromSeconds(1));
            _ = await Task.WhenAny(receiving, Task.Delay(50, limit.Token)); // polls for a condition
            limit.Token.ThrowIfCancellationRequested();
        }
    }
}
