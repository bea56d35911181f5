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
    private readonly Lock _numbering = new();
    private long _last;
    private long _lastGeneration = -1;

    /// <summary>Another number once everything was replaced.</summary>
    public long Generation => state.Documents.Generation;

    public NotificationSubscription? Find(string id) => _subscriptions.Find(id);

    public IEnumerable<NotificationSubscription> ListSubscriptions() =>
        _subscriptions.List().Select(held => held.Value);

    public IEnumerable<Delivery> ListDeliveries() => _deliveries.List().Select(held => held.Value);

    public Delivery? FindDelivery(string id) => _deliveries.Find(id);

    public SigningPem? FindIdentity() => _identity.Find("identity");

    public ValueTask SaveAsync(NotificationSubscription subscription) =>
        state.SaveAsync([_subscriptions.Put(subscription.Id, subscription)]);

    /// <summary>Saves it, unless everything was replaced since that generation: false then.</summary>
    public ValueTask<bool> SaveAsync(NotificationSubscription subscription, long generation) =>
        state.SaveAsync([_subscriptions.Put(subscription.Id, subscription)], generation);

    public ValueTask RemoveAsync(NotificationSubscription subscription) =>
        state.SaveAsync([_subscriptions.Remove(subscription.Id)]);

    public ValueTask SaveAsync(SigningPem identity) => state.SaveAsync([_identity.Put("identity", identity)]);

    /// <summary>
    /// Saves it, and forgets the oldest of those that are over and done with, unless everything was replaced since that
    /// generation: false then.
    /// </summary>
    public ValueTask<bool> SaveAsync(Delivery delivery, long generation)
    {
        var over = ListDeliveries().Where(known => known.State is not Delivery.Pending).ToList();
        return state.SaveAsync(
            [
                _deliveries.Put(delivery.Id, delivery),
                .. over.Take(over.Count - KeptMax).Select(old => _deliveries.Remove(old.Id)),
            ],
            generation);
    }

    /// <summary>A number of fixed length that follows on all there are, and on all that there were.</summary>
    public string NextId()
    {
        lock (_numbering)
        {
            if (_lastGeneration != Generation)
            {
                _lastGeneration = Generation;
                if (_deliveries.List() is [.., var (id, _)])
                    _last = Math.Max(_last, long.Parse(id, CultureInfo.InvariantCulture));
            }

            return $"{++_last:D12}";
        }
    }
}
