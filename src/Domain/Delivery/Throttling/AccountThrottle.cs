using Tally.Domain.Catalogue;

namespace Tally.Domain.Delivery.Throttling;

/// <summary>
/// Lets out the calls of all products of one AWS account and region: as many as AWS takes, however many that is,
/// each product its share, and what expires soon first. Not for several threads at once.
/// </summary>
/// <remarks>
/// <para>
/// The first level is the account's: AWS's quota is one for all its products and for programs that nobody here knows
/// of, so the limit is found by trying (<see cref="RateControl"/>). Calls are let out evenly at that rate, and whose
/// turn it is, <see cref="TurnOrder"/> says. Refused again and again, all wait with full-jitter exponential backoff.
/// </para>
/// <para>
/// The second level is the product's: its failures are its own, so it alone backs off and the rate stays. A product
/// that is refused while the others are not (<see cref="Suspicion"/>) gets a rate of its own, found in the same way,
/// and no longer slows the others down.
/// </para>
/// <para>
/// A product has one asker, which asks with <see cref="TryStart"/> until its call has started, and then for the next
/// one. Who doesn't come when it was told to loses its turn, so a product that vanished holds up nobody.
/// </para>
/// </remarks>
public sealed partial class AccountThrottle
{
    private static readonly TimeSpan TidyInterval = TimeSpan.FromMinutes(1);

    // After this time, and a call that was taken, a product's own limit must be proven again.
    private static readonly TimeSpan OwnRateAge = TimeSpan.FromHours(1);

    private readonly ThrottleOptions _options;
    private readonly PacedRate _rate;
    private readonly TurnOrder _order;
    private readonly Dictionary<ProductKey, ProductThrottle> _products = [];
    private readonly Dictionary<long, UnderWay> _calls = [];
    private Suspicion _suspicion;
    private DateTimeOffset _tidied = DateTimeOffset.MinValue;
    private long _turn;
    private long _lastId;
    private long _sequence;
    private double _answerSeconds = 0.1;

    /// <summary>Starts with no call under way.</summary>
    /// <param name="options">How calls are let out.</param>
    /// <param name="known">What <see cref="Rate"/> was before, to go on from there; null when not known.</param>
    /// <exception cref="ArgumentException">The options have mistakes.</exception>
    public AccountThrottle(ThrottleOptions options, RateState? known = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Mistakes() is { Count: > 0 } mistakes)
        {
            throw new ArgumentException(string.Join(' ', mistakes), nameof(options));
        }

        _options = options;
        _rate = new(known ?? RateControl.Initial(options.Rate), options);
        _order = new(options);
    }

    /// <summary>What is known about the account's limit. All that is worth keeping over a restart.</summary>
    public RateState Rate => _rate.State;

    /// <summary>How many calls have started whose end was not reported.</summary>
    public int CallsUnderWay => _calls.Count;

    /// <summary>How many products are remembered.</summary>
    public int ProductCount => _products.Count;

    /// <summary>What is known about a product's own limit.</summary>
    /// <param name="product">The product.</param>
    /// <returns>Its rate; null when only the account's counts.</returns>
    public RateState? OwnRate(ProductKey product) => _products.GetValueOrDefault(product)?.Own?.State;

    /// <summary>Starts a call, if it may start now.</summary>
    /// <param name="now">The present moment; never less than before, so from a clock that can't be set back.</param>
    /// <param name="product">Whose call it is.</param>
    /// <param name="earliestDeadline">When the first of the product's waiting records expires.</param>
    /// <returns>The call, whose end must be reported with <see cref="Finished"/>, or when to ask again.</returns>
    public StartDecision TryStart(DateTimeOffset now, ProductKey product, DateTimeOffset earliestDeadline)
    {
        Tidy(now);
        var asker = Find(product);
        asker.Ask(now, earliestDeadline);
        var ready = asker.ReadyAt > _rate.ReadyAt ? asker.ReadyAt : _rate.ReadyAt;
        if (ready > now)
        {
            return Wait(asker, ready + Queue(asker, now), ready, now);
        }

        var share = CallsShare(now);
        if (_calls.Count >= _options.CallsMax || !HasRoom(asker, share))
        {
            var next = TimeSpan.FromSeconds(Math.Max(0.005, _answerSeconds / Math.Max(1, _calls.Count)));
            return Wait(asker, now + next, now, now);
        }

        return Others(asker, now, share).Any(other => other.DueAt <= now && _order.IsBefore(other, asker, now))
            ? Wait(asker, now + Queue(asker, now), now, now)
            : Start(asker, product, now);
    }

    /// <summary>Says that a product has nothing to send, so that nobody waits for it.</summary>
    /// <param name="product">The product.</param>
    public void Withdraw(ProductKey product) => _products.GetValueOrDefault(product)?.Withdraw();

    private ProductThrottle Find(ProductKey product)
    {
        if (!_products.TryGetValue(product, out var found))
        {
            _products[product] = found = new(++_sequence);
        }

        return found;
    }

    private StartDecision Start(ProductThrottle asker, ProductKey product, DateTimeOffset now)
    {
        _order.Started(asker, Others(asker, now, CallsShare(now)));
        asker.Started(++_turn);

        // Ids follow the clock, so that one from before a restart isn't mistaken for another.
        _lastId = Math.Max(_lastId + 1, now.UtcTicks);
        _calls[_lastId] = new UnderWay
        {
            Product = product,
            StartedAt = now,
            Account = (_rate.State.Epoch, _rate.Take(now)),
            Own = asker.Own is { } own ? (own.State.Epoch, own.Take(now)) : null,
            FailureEpoch = asker.Epoch,
        };
        return new(_lastId, now);
    }

    private StartDecision Wait(ProductThrottle asker, DateTimeOffset until, DateTimeOffset ready, DateTimeOffset now)
    {
        var latest = now + _options.AskInterval;
        latest = latest > ready ? latest : ready;
        asker.AskAgain(until < latest ? until : latest);
        return new(0, asker.DueAt);
    }

    /// <summary>How long those take that go first.</summary>
    private TimeSpan Queue(ProductThrottle asker, DateTimeOffset now) =>
        _rate.Interval * _order.CountBefore(asker, Others(asker, now, CallsShare(now)), now);

    /// <summary>The other products that wait for nothing but their turn.</summary>
    private IEnumerable<ProductThrottle> Others(ProductThrottle asker, DateTimeOffset now, int share) =>
        _products.Values.Where(other => other != asker
            && other.IsWaiting(now, _options.Slack)
            && (other.ReadyAt <= now || other.ReadyAt <= _rate.ReadyAt)
            && HasRoom(other, share));

    private bool HasRoom(ProductThrottle product, int share) =>
        product.CallsUnderWay < (product.IsProbing || _rate.IsProbing ? 1 : share);

    /// <summary>
    /// How many calls a product may have under way. The last quarter of the room is for products below their equal
    /// share: calls of one that hang must not fill it.
    /// </summary>
    private int CallsShare(DateTimeOffset now)
    {
        if (_calls.Count < _options.CallsMax - (_options.CallsMax / 4))
        {
            return _options.CallsMax;
        }

        var active = _products.Values.Count(
            product => product.CallsUnderWay > 0 || product.IsWaiting(now, _options.Slack));
        return (_options.CallsMax + Math.Max(1, active) - 1) / Math.Max(1, active);
    }
}
