namespace Tally.Domain.Tests.Delivery.Throttling;

/// <summary>AWS as the throttle sees it: a bucket of tokens that nobody tells the size of, and bad times.</summary>
/// <param name="limit">Calls a second.</param>
/// <param name="burstSeconds">How many seconds' worth of calls, or else how many calls, the bucket holds.</param>
internal sealed class VirtualServer(double limit, double burstSeconds)
{
    private double _tokens = burstSeconds * Math.Max(1, limit);
    private double _filled;

    /// <summary>Calls a second.</summary>
    public double Limit { get; private set; } = limit;

    /// <summary>What befalls calls that arrive between two moments, in seconds.</summary>
    public List<(double From, double To, Fate Fate)> BadTimes { get; } = [];

    /// <summary>A limit that one product has for itself.</summary>
    public Dictionary<int, VirtualServer> OwnLimits { get; } = [];

    /// <summary>Products whose calls are never answered.</summary>
    public HashSet<int> Hanging { get; } = [];

    /// <summary>The share of calls that fail by chance.</summary>
    public double FailureShare { get; set; }

    /// <summary>The answer to a call that arrives.</summary>
    public Fate Handle(double now, int product, double chance)
    {
        if (Hanging.Contains(product))
        {
            return Fate.Hangs;
        }

        foreach (var (from, to, fate) in BadTimes)
        {
            if (now >= from && now < to)
            {
                return fate;
            }
        }

        if (chance < FailureShare)
        {
            return Fate.Failed;
        }

        if (OwnLimits.GetValueOrDefault(product) is { } own && own.Handle(now, product, 1) == Fate.Refused)
        {
            return Fate.Refused;
        }

        Fill(now);
        if (_tokens < 1)
        {
            return Fate.Refused;
        }

        _tokens--;
        return Fate.Taken;
    }

    public void Change(double now, double newLimit)
    {
        Fill(now);
        Limit = newLimit;
    }

    private void Fill(double now)
    {
        // Calls may overtake each other on the way.
        if (now > _filled)
        {
            _tokens = Math.Min(burstSeconds * Math.Max(1, Limit), _tokens + ((now - _filled) * Limit));
            _filled = now;
        }
    }
}

/// <summary>What becomes of a call.</summary>
internal enum Fate
{
    Taken,
    Refused,
    Failed,
    Hangs,
    ProductAtFault,
}
