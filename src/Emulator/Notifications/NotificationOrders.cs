using Tally.Emulator.Queues;
using Tally.Emulator.Subscriptions;

namespace Tally.Emulator.Notifications;

/// <summary>Subscribes to notices whoever asks for it in the right form.</summary>
internal sealed class NotificationOrders(NotificationHub hub, MessageQueues queues)
{
    /// <summary>What is wrong with the request, or else the subscription.</summary>
    public async Task<(IReadOnlyList<string> Mistakes, NotificationSubscription? Subscription)> SubscribeAsync(
        NotificationRequest request)
    {
        if (request.Mistakes().ToList() is { Count: > 0 } mistakes) return (mistakes, null);
        var account = request.AccountId ?? EmulatorOptions.DefaultAccountId;
        if (request.Queue is { } queue && queues.Find(account, queue) is null)
            return ([$"queue '{queue}' is no queue of the account {account}."], null);
        return ([], await hub.SubscribeAsync(new NotificationSubscription
        {
            Id = string.Empty,
            Token = string.Empty,
            AccountId = account,
            TopicArn = TopicOf(request),
            Url = request.Url,
            Queue = request.Queue,
            IsRaw = request.IsRaw,
            SignatureVersion = request.SignatureVersion ?? "1",
        }));
    }

    private static string? TopicOf(NotificationRequest request) => request switch
    {
        { ProductCode: null } => null,
        { Topic: "entitlement" } => NoticeText.EntitlementTopic(request.ProductCode),
        _ => NoticeText.SubscriptionTopic(request.ProductCode),
    };
}
