using System.Globalization;
using Tally.Emulator.State;

namespace Tally.Emulator.Notifications;

/// <summary>Subscriptions, deliveries and the signing key as they are kept.</summary>
internal sealed class DeliveryLog(IEmulatorState state)
{
    public const int KeptMax = 1000;
    private readonly DocumentTable<NotificationSubscription> _subscriptions =
        new(state, "notification-subscription", StateJson.Default.NotificationSubscription);
    private readonly DocumentTable<Delivery> _deliveries = new(state, "delivery", StateJson.Default.Delivery);
    private readonly DocumentTable<SigningPem> _identity = new(state, "sns", StateJson.Default.SigningPem);
    private long _last;

    public NotificationSubscription? Find(string id) => _subscriptions.Find(id);

    public IEnumerable<NotificationSubscription> ListSubscriptions() =>
        _subscriptions.List().Select(held => held.Value);

    public IEnumerable<Delivery> ListDeliveries() => _deliveries.List().Select(held => held.Value);

    public SigningPem? FindIdentity() => _identity.Find("identity");

    public ValueTask SaveAsync(NotificationSubscription subscription) =>
        state.SaveAsync([_subscriptions.Put(subscription.Id, subscription)]);

    public ValueTask RemoveAsync(NotificationSubscription subscription) =>
        state.SaveAsync([_subscriptions.Remove(subscription.Id)]);

    public ValueTask SaveAsync(SigningPem identity) => state.SaveAsync([_identity.Put("identity", identity)]);

    /// <summary>Saves it, and forgets the oldest of those that are over and done with.</summary>
    public ValueTask SaveAsync(Delivery delivery)
    {
        var over = ListDeliveries().Where(known => known.State is not Delivery.Pending).ToList();
        return state.SaveAsync(
        [
            _deliveries.Put(delivery.Id, delivery),
            .. over.Take(over.Count - KeptMax).Select(old => _deliveries.Remove(old.Id)),
        ]);
    }

    /// <summary>A number of fixed length that follows on all there are.</summary>
    public string NextId()
    {
        if (Volatile.Read(ref _last) == 0 && _deliveries.List() is [.., var (id, _)])
            _ = Interlocked.CompareExchange(ref _last, long.Parse(id, CultureInfo.InvariantCulture), 0);
        return $"{Interlocked.Increment(ref _last):D12}";
    }
}
