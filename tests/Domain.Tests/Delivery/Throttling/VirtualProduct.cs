using Tally.Domain.Catalogue;

namespace Tally.Domain.Tests.Delivery.Throttling;

/// <summary>A product of the simulation, and what became of its calls.</summary>
internal sealed class VirtualProduct(int index)
{
    private readonly List<(double At, Fate Fate)> _arrivals = [];
    private long _lastCall;

    public int Index { get; } = index;

    public ProductKey Key { get; } = new("acme", $"product-{index}");

    /// <summary>How many calls it still has to send.</summary>
    public double Waiting { get; set; }

    /// <summary>When its earliest record expires, in seconds.</summary>
    public double Deadline { get; set; }

    public int Asks { get; set; }

    public bool HasVanished { get; private set; }

    /// <summary>How many calls of the account there were at most from one of its calls to the next.</summary>
    public long LongestGap { get; private set; }

    public void Started(long call)
    {
        LongestGap = _lastCall == 0 ? 0 : Math.Max(LongestGap, call - _lastCall);
        _lastCall = call;
    }

    public void Arrived(double at, Fate fate) => _arrivals.Add((at, fate));

    public int Count(Fate fate, double from, double to) =>
        _arrivals.Count(arrival => arrival.Fate == fate && arrival.At >= from && arrival.At < to);

    public int Count(double from, double to) =>
        _arrivals.Count(arrival => arrival.At >= from && arrival.At < to);

    public double LastTaken => _arrivals.FindLast(arrival => arrival.Fate == Fate.Taken).At;

    /// <summary>It never asks again, and says nothing.</summary>
    public void Vanish() => (HasVanished, Asks) = (true, Asks + 1);

    /// <summary>When a call was first taken after a moment; infinity for never.</summary>
    public double FirstTaken(double from) =>
        _arrivals.Where(arrival => arrival.Fate == Fate.Taken && arrival.At >= from)
            .Select(arrival => arrival.At).DefaultIfEmpty(double.PositiveInfinity).Min();
}
