using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Amazon.SQS.Model;
using Tally.Emulator.Tests.Queues;
using Tally.Emulator.Tests.Subscriptions;

namespace Tally.Emulator.Tests.Notifications;

public sealed class NotificationTests
{
    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    public async Task HttpEndpoint_OnceConfirmed_GetsSignedNotifications(string signatureVersion)
    {
        await using var market = await Marketplace.StartAsync();
        await using var receiver = await Receiver.StartAsync();
        await SubscribeAsync(
            market, $$"""{"productCode":"older","url":"{{receiver.Url}}","signatureVersion":"{{signatureVersion}}"}""");
        var asked = (await receiver.WaitForAsync(1))[0];
        Assert.Equal("SubscriptionConfirmation", asked.Headers["x-amz-sns-message-type"]);
        await VerifyAsync(
            market, asked, ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"]);
        var confirmed = await market.Fixture.Caller.SendAsync(
            HttpMethod.Get, new Uri(asked.Text("SubscribeURL")).PathAndQuery);
        Assert.Contains("<ConfirmSubscriptionResponse", confirmed.Body, StringComparison.Ordinal);

        _ = await market.SubscribeAsync(Marketplace.Older);
        var told = (await receiver.WaitForAsync(2))[1];
        Assert.Equal("Notification", told.Headers["x-amz-sns-message-type"]);
        Assert.Equal("text/plain; charset=UTF-8", told.Headers["Content-Type"]);
        Assert.Equal(told.Text("MessageId"), told.Headers["x-amz-sns-message-id"]);
        Assert.Equal(
            "arn:aws:sns:us-east-1:287250355862:aws-mp-subscription-notification-older", told.Text("TopicArn"));
        await VerifyAsync(market, told, ["Message", "MessageId", "Timestamp", "TopicArn", "Type"]);
        Assert.Equal(
            "subscribe-success",
            JsonSerializer.Deserialize<JsonElement>(told.Text("Message")).GetProperty("action").GetString());
    }

    [Fact]
    public async Task HttpEndpoint_NotConfirmed_GetsNoNotification()
    {
        await using var market = await Marketplace.StartAsync();
        await using var receiver = await Receiver.StartAsync();
        await SubscribeAsync(market, $$"""{"productCode":"older","url":"{{receiver.Url}}"}""");
        _ = await receiver.WaitForAsync(1);
        _ = await market.SubscribeAsync(Marketplace.Older);
        await HandedOverAsync(market);
        var deliveries = await market.Fixture.Caller.SendAsync(HttpMethod.Get, "/_emulator/notifications/deliveries");
        Assert.Equal(1, deliveries.Json.GetArrayLength());
    }

    [Fact]
    public async Task HttpEndpoint_AfterItsUnsubscribeUrl_IsToldSoAndNothingMore()
    {
        await using var market = await Marketplace.StartAsync();
        await using var receiver = await Receiver.StartAsync();
        await SubscribeAsync(market, $$"""{"productCode":"older","url":"{{receiver.Url}}"}""");
        var subscribeUrl = new Uri((await receiver.WaitForAsync(1))[0].Text("SubscribeURL")).PathAndQuery;
        _ = await market.Fixture.Caller.SendAsync(HttpMethod.Get, subscribeUrl);
        _ = await market.SubscribeAsync(Marketplace.Older);
        var unsubscribeUrl = new Uri((await receiver.WaitForAsync(2))[1].Text("UnsubscribeURL")).PathAndQuery;
        _ = await market.Fixture.Caller.SendAsync(HttpMethod.Get, unsubscribeUrl);
        Assert.Equal("UnsubscribeConfirmation", (await receiver.WaitForAsync(3))[2].Text("Type"));
        _ = await market.SubscribeAsync(Marketplace.Older);
        await HandedOverAsync(market);
        Assert.Equal(3, receiver.Received.Count);
    }

    [Fact]
    public async Task Delivery_ThatFails_IsTriedAgainUntilItIsTaken()
    {
        await using var market = await Marketplace.StartAsync();
        await using var receiver = await Receiver.StartAsync();
        receiver.Answers.Enqueue(500);
        receiver.Answers.Enqueue(302);
        await SubscribeAsync(market, $$"""{"url":"{{receiver.Url}}"}""");
        _ = await market.SubscribeAsync(Marketplace.Newer);

        // Three events; two of the attempts were refused. The second pause is a second of the surrounding clock.
        _ = await receiver.WaitForAsync(4);
        await AdvanceUntilAsync(market, () => Task.FromResult(receiver.Received.Count == 5));
        Assert.Equal(3, receiver.Received.Select(item => item.Text("id")).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Delivery_ToNobody_FailsAfterItsLastAttempt()
    {
        await using var market = await Marketplace.StartAsync();
        await SubscribeAsync(market, """{"url":"http://127.0.0.1:9/"}""");
        _ = await market.SubscribeAsync(Marketplace.Older, ",\"fails\":true");
        _ = await market.SubscribeAsync(Marketplace.Newer);
        await HandedOverAsync(market);
        await AdvanceUntilAsync(
            market, async () => (await DeliveriesAsync(market)).All(item => item is "failed 5"));
        Assert.Equal(3, (await DeliveriesAsync(market)).Count);
    }

    [Fact]
    public async Task Queue_OfATopic_GetsTheEnvelopeOrTheMessageAlone()
    {
        await using var market = await Marketplace.StartAsync();
        using var client = SqsClientTests.Client(market.Fixture);
        var enveloped = (await client.CreateQueueAsync("enveloped")).QueueUrl;
        var raw = (await client.CreateQueueAsync("raw")).QueueUrl;
        await SubscribeAsync(market, """{"productCode":"older","queue":"enveloped"}""");
        await SubscribeAsync(market, """{"productCode":"older","queue":"raw","isRaw":true}""");
        _ = await market.SubscribeAsync(Marketplace.Older);

        var envelope = await ReceiveAsync(client, enveloped);
        var message = await ReceiveAsync(client, raw);
        Assert.Equal("Notification", envelope.GetProperty("Type").GetString());
        Assert.Equal("subscribe-success", message.GetProperty("action").GetString());
        Assert.Equal(message.GetRawText(), envelope.GetProperty("Message").GetString());
    }

    [Fact]
    public async Task Queue_OfEvents_GetsThemAsEventBridgeSendsThem()
    {
        await using var market = await Marketplace.StartAsync();
        using var client = SqsClientTests.Client(market.Fixture);
        var url = (await client.CreateQueueAsync("events")).QueueUrl;
        await SubscribeAsync(market, """{"queue":"events"}""");
        _ = await market.SubscribeAsync(Marketplace.Newer);
        var types = new List<string?>();
        for (var count = 0; count < 3; count++)
            types.Add((await ReceiveAsync(client, url)).GetProperty("detail-type").GetString());
        Assert.Equal(
            ["Purchase Agreement Created - Proposer", "Purchase Agreement Created - Manufacturer",
                "License Updated - Manufacturer"],
            types);
    }

    [Fact]
    public async Task Notices_OfAnotherSeller_AreNotDelivered()
    {
        await using var market = await Marketplace.StartAsync();
        using var client = SqsClientTests.Client(market.Fixture);
        var url = (await client.CreateQueueAsync("events")).QueueUrl;
        await SubscribeAsync(market, """{"queue":"events"}""");
        _ = await market.Fixture.Caller.SendAsync(
            HttpMethod.Put, "/_emulator/products/theirs?account=111122223333", """{"dimensions":["a"]}""");
        _ = await market.Fixture.Caller.SendAsync(
            HttpMethod.Post,
            "/_emulator/agreements",
            """{"accountId":"111122223333","productCode":"theirs","buyerAccountId":"1"}""");
        await HandedOverAsync(market);
        Assert.Equal(0, (await client.GetQueueAttributesAsync(url, ["All"])).ApproximateNumberOfMessages);
    }

    [Theory]
    [InlineData("{}", "Exactly one of url and queue must be given.")]
    [InlineData("""{"queue":"none"}""", "queue 'none' is no queue of the account 000000000000.")]
    [InlineData("""{"url":"ftp://a/"}""", "must be an http or https address")]
    [InlineData("""{"url":"http://a/","topic":"x"}""", "topic 'x' must be subscription or entitlement.")]
    [InlineData("""{"url":"http://a/","signatureVersion":"3"}""", "signatureVersion '3' must be 1 or 2.")]
    public async Task Subscribe_WhatIsNotValid_IsRefused(string body, string reason)
    {
        await using var market = await Marketplace.StartAsync();
        var reply = await market.Fixture.Caller.SendAsync(
            HttpMethod.Post, "/_emulator/notifications/subscriptions", body);
        Assert.Equal(400, reply.Status);
        Assert.Contains(reason, reply.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Confirm_WithAnotherToken_IsRefused()
    {
        await using var market = await Marketplace.StartAsync();
        var reply = await market.Fixture.Caller.SendAsync(
            HttpMethod.Get, "/_emulator/sns/?Action=ConfirmSubscription&TopicArn=a&Token=b");
        Assert.Equal(400, reply.Status);
        Assert.Contains("InvalidParameter", reply.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Certificate_InAFile_IsTheSameAfterARestart()
    {
        var options = new EmulatorOptions { DataDirectory = Directory.CreateTempSubdirectory("emulator-").FullName };
        await using var receiver = await Receiver.StartAsync();
        for (var start = 1; start <= 2; start++)
        {
            await using var market = await Marketplace.StartAsync(options);
            await SubscribeAsync(market, $$"""{"productCode":"older","url":"{{receiver.Url}}"}""");
            _ = await receiver.WaitForAsync(start);
        }

        Assert.Equal(
            new Uri(receiver.Received[0].Text("SigningCertURL")).AbsolutePath,
            new Uri(receiver.Received[1].Text("SigningCertURL")).AbsolutePath);
        Directory.Delete(options.DataDirectory, recursive: true);
    }

    private static async Task SubscribeAsync(Marketplace market, string body)
    {
        var reply = await market.Fixture.Caller.SendAsync(
            HttpMethod.Post, "/_emulator/notifications/subscriptions", body);
        Assert.Equal(201, reply.Status);
    }

    /// <summary>As the SNS developer guide tells receivers to do it.</summary>
    private static async Task VerifyAsync(Marketplace market, ReceivedNotification received, string[] names)
    {
        var pem = await market.Fixture.Caller.SendAsync(
            HttpMethod.Get, new Uri(received.Text("SigningCertURL")).AbsolutePath);
        using var certificate = X509Certificate2.CreateFromPem(pem.Body);
        var signed = string.Concat(names.Select(name => $"{name}\n{received.Text(name)}\n"));
        Assert.True(certificate.GetRSAPublicKey()!.VerifyData(
            Encoding.UTF8.GetBytes(signed),
            Convert.FromBase64String(received.Text("Signature")),
            received.Text("SignatureVersion") is "2" ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1,
            RSASignaturePadding.Pkcs1));
    }

    private static async Task<JsonElement> ReceiveAsync(Amazon.SQS.AmazonSQSClient client, string url)
    {
        var received = await client.ReceiveMessageAsync(
            new ReceiveMessageRequest { QueueUrl = url, WaitTimeSeconds = 20 });
        var message = Assert.Single(received.Messages);
        _ = await client.DeleteMessageAsync(url, message.ReceiptHandle);
        return JsonSerializer.Deserialize<JsonElement>(message.Body);
    }

    private static async Task HandedOverAsync(Marketplace market)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await market.Fixture.Caller.SendAsync(HttpMethod.Get, "/_emulator/notices")).Json.EnumerateArray()
            .Any(notice => !notice.GetProperty("isHandedOver").GetBoolean()))
        {
            await Task.Delay(10, limit.Token); // polls for a condition
        }
    }

    private static async Task AdvanceUntilAsync(Marketplace market, Func<Task<bool>> isDone)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await isDone())
        {
            market.Fixture.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(10, limit.Token); // polls for a condition
        }
    }

    private static async Task<List<string>> DeliveriesAsync(Marketplace market)
    {
        var reply = await market.Fixture.Caller.SendAsync(HttpMethod.Get, "/_emulator/notifications/deliveries");
        return [.. reply.Json.EnumerateArray().Select(item =>
            $"{item.GetProperty("state").GetString()} {item.GetProperty("attempts").GetInt32()}")];
    }
}
