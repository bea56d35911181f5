using System.Security.Cryptography;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Tally.Emulator.Clock;
using Tally.Emulator.Queues;
using Tally.Emulator.Subscriptions;

namespace Tally.Emulator.Notifications;

/// <summary>
/// Topics of SNS and the events of EventBridge: brings each notice to everybody who subscribed to it, as AWS does, to
/// an address or a queue.
/// </summary>
internal sealed class NotificationHub(
    DeliveryLog log,
    HttpDeliverer deliverer,
    MessageQueues queues,
    EmulatorClock clock,
    IServer server) : INoticeTransport, IDisposable
{
    private readonly SemaphoreSlim _makingIdentity = new(1, 1);
    private SigningIdentity? _identity;

    public async ValueTask HandOverAsync(Notice notice, CancellationToken cancellationToken)
    {
        var generation = log.Generation;
        var interested = log.ListSubscriptions().Where(subscription =>
            subscription.IsConfirmed
            && string.Equals(subscription.AccountId, notice.SellerAccountId, StringComparison.Ordinal)
            && string.Equals(subscription.TopicArn, notice.TopicArn, StringComparison.Ordinal));
        foreach (var subscription in interested.ToList())
            await SendAsync(subscription, notice, generation);
    }

    /// <summary>Subscribes. An address of a topic is asked to confirm first, as SNS asks it.</summary>
    public async Task<NotificationSubscription> SubscribeAsync(NotificationSubscription wanted)
    {
        var needsConfirming = wanted is { TopicArn: not null, Url: not null };
        var subscription = wanted with
        {
            Id = $"{Guid.NewGuid():D}",
            Token = RandomNumberGenerator.GetHexString(64, lowercase: true),
            IsConfirmed = !needsConfirming,
        };
        await log.SaveAsync(subscription);
        if (needsConfirming) await AskAsync(subscription, SnsMessage.SubscriptionConfirmation);
        return subscription;
    }

    /// <summary>The token's subscription, confirmed; null when there is none.</summary>
    public async Task<NotificationSubscription?> ConfirmAsync(string topicArn, string token)
    {
        var generation = log.Generation;
        var found = log.ListSubscriptions().FirstOrDefault(subscription =>
            string.Equals(subscription.TopicArn, topicArn, StringComparison.Ordinal)
            && string.Equals(subscription.Token, token, StringComparison.Ordinal));
        if (found is null) return null;
        var confirmed = found with { IsConfirmed = true };
        return await log.SaveAsync(confirmed, generation) ? confirmed : null;
    }

    /// <summary>Ends the subscription, and tells the address of a topic so; false when there is none.</summary>
    public async Task<bool> UnsubscribeAsync(string id)
    {
        if (log.Find(id) is not { } subscription) return false;
        await log.RemoveAsync(subscription);
        if (subscription is { TopicArn: not null, Url: not null, IsConfirmed: true })
            await AskAsync(subscription, SnsMessage.UnsubscribeConfirmation);
        return true;
    }

    /// <summary>The identity that signs; made when it is first needed, and kept with the state.</summary>
    public async Task<SigningIdentity> IdentityAsync()
    {
        await _makingIdentity.WaitAsync();
        try
        {
            var kept = log.FindIdentity();
            if (kept is null)
            {
                var made = SigningIdentity.Create(clock.Surrounding.GetUtcNow());
                kept = made.ToPem();
                await log.SaveAsync(kept);
                _identity = made;
            }

            // After an import it is another. Somebody may still sign with the one before, so it is not disposed of.
            if (!string.Equals(_identity?.CertificatePem, kept.Certificate, StringComparison.Ordinal))
                _identity = SigningIdentity.FromPem(kept);
            return _identity!;
        }
        finally
        {
            _ = _makingIdentity.Release();
        }
    }

    public void Dispose()
    {
        _identity?.Dispose();
        _makingIdentity.Dispose();
    }

    private async Task SendAsync(NotificationSubscription subscription, Notice notice, long generation)
    {
        var isEnveloped = subscription is { TopicArn: not null, IsRaw: false };
        var message = new SnsMessage
        {
            Type = SnsMessage.Notification,
            MessageId = $"{Guid.NewGuid():D}",
            TopicArn = notice.TopicArn ?? string.Empty,
            Message = notice.Message,
            Timestamp = clock.GetUtcNow(),
            UnsubscribeUrl = Url($"?Action=Unsubscribe&SubscriptionArn={Uri.EscapeDataString(subscription.Arn)}"),
        };
        var body = isEnveloped ? await SignedAsync(message, subscription) : notice.Message;
        if (subscription.Queue is { } queue)
        {
            if (queues.Find(subscription.AccountId, queue) is { } found) _ = await queues.SendAsync(found, body);
            return;
        }

        await deliverer.AddAsync(DeliveryOf(subscription, message, body), generation);
    }

    private async Task AskAsync(NotificationSubscription subscription, string type)
    {
        var generation = log.Generation;
        var query = $"TopicArn={Uri.EscapeDataString(subscription.TopicArn!)}&Token={subscription.Token}";
        var message = new SnsMessage
        {
            Type = type,
            MessageId = $"{Guid.NewGuid():D}",
            TopicArn = subscription.TopicArn!,
            Message = type is SnsMessage.SubscriptionConfirmation
                ? $"You have chosen to subscribe to the topic {subscription.TopicArn}.\n"
                + "To confirm the subscription, visit the SubscribeURL included in this message."
                : $"You have chosen to deactivate subscription {subscription.Arn}.\n"
                + "To cancel this operation and restore the subscription, visit the SubscribeURL included in this "
                + "message.",
            Timestamp = clock.GetUtcNow(),
            SubscribeUrl = Url($"?Action=ConfirmSubscription&{query}"),
            Token = subscription.Token,
        };
        var body = await SignedAsync(message, subscription);
        await deliverer.AddAsync(DeliveryOf(subscription, message, body), generation);
    }

    private async Task<string> SignedAsync(SnsMessage message, NotificationSubscription subscription)
    {
        var identity = await IdentityAsync();
        return message.ToJson(identity, Url(identity.CertificateName), subscription.SignatureVersion);
    }

    private Delivery DeliveryOf(NotificationSubscription subscription, SnsMessage message, string body) => new()
    {
        Id = log.NextId(),
        SubscriptionId = subscription.Id,
        Url = subscription.Url!,
        Body = body,
        ContentType = subscription.TopicArn is null ? "application/json; charset=utf-8" : "text/plain; charset=UTF-8",
        Headers = subscription.TopicArn is null ? HeadersOfEvents() : HeadersOf(subscription, message),
    };

    /// <summary>
    /// Source: the EventBridge user guide, "API destinations as targets", the headers included in requests.
    /// </summary>
    private static Dictionary<string, string> HeadersOfEvents() => new(StringComparer.Ordinal)
    {
        ["User-Agent"] = "Amazon/EventBridge/ApiDestinations",
        ["Range"] = "bytes=0-1048575",
    };

    private static Dictionary<string, string> HeadersOf(NotificationSubscription subscription, SnsMessage message)
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["User-Agent"] = "Amazon Simple Notification Service Agent",
            ["x-amz-sns-message-type"] = message.Type,
            ["x-amz-sns-message-id"] = message.MessageId,
            ["x-amz-sns-topic-arn"] = message.TopicArn,
        };
        if (subscription.IsConfirmed) headers["x-amz-sns-subscription-arn"] = subscription.Arn;
        if (subscription.IsRaw && message.Type is SnsMessage.Notification)
            headers["x-amz-sns-rawdelivery"] = "true";
        return headers;
    }

    /// <summary>An address of the emulator; it is known once it listens.</summary>
    private Uri Url(string path)
    {
        var endpoint = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
            ?? throw new InvalidOperationException("The emulator doesn't listen yet.");
        return new Uri(new Uri(endpoint), $"/_emulator/sns/{path}");
    }
}
