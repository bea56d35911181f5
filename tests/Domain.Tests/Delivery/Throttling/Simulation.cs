using Tally.Domain.Catalogue;
using Tally.Domain.Delivery;
using Tally.Domain.Delivery.Throttling;

namespace Tally.Domain.Tests.Delivery.Throttling;

/// <summary>Products, a throttle and a server in virtual time; the same seed does the same.</summary>
internal sealed class Simulation
{
    private static readonly DateTimeOffset Epoch = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly PriorityQueue<Action, (double At, long Order)> _events = new();
    private readonly Random _random;
    private readonly ThrottleOptions _options;
    private long _order;
    private long _started;

    public Simulation(int seed, VirtualServer server, ThrottleOptions? options = null)
    {
        _random = new(seed);
        _options = options ?? new();
        Server = server;
        Throttle = new(_options);
    }

    /// <summary>Seconds since the start.</summary>
    public double Now { get; private set; }

    public VirtualServer Server { get; }

    public AccountThrottle Throttle { get; private set; }

    public List<VirtualProduct> Products { get; } = [];

    /// <summary>How long an answer takes: at least this, and as long again on average.</summary>
    public double Latency { get; init; } = 0.05;

    /// <summary>How long the client waits for an answer.</summary>
    public double Timeout { get; init; } = 10;

    /// <summary>How much later than told a product asks, at most.</summary>
    public double Lateness { get; init; } = 0.01;

    /// <summary>What a refusal's Retry-After says; null for none.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public int CallsUnderWay { get; private set; }

    /// <summary>Some simulation of the whole range, always the same for a seed.</summary>
    /// <returns>
    /// One of a limit of 0.2 to 200 calls a second; the bucket holds 1 to 10 seconds' worth, at least 2 calls.
    /// </returns>
    public static Simulation Any(int seed, double limitMost = 200)
    {
        var random = new Random(seed);
        var limit = 0.2 * Math.Pow(limitMost / 0.2, random.NextDouble());
        var burst = Math.Max(Math.Pow(10, random.NextDouble()), 2 / Math.Max(1, limit));
        return new(seed, new(limit, burst), new() { CallsMax = 256 })
        {
            Latency = 0.02 * Math.Pow(10, random.NextDouble()),
        };
    }

    public int CallsUnderWayMost { get; private set; }

    public static DateTimeOffset Time(double seconds) => Epoch.AddSeconds(seconds);

    public VirtualProduct Add(double from = 0, double calls = double.PositiveInfinity, double deadline = 1e6)
    {
        var product = new VirtualProduct(Products.Count) { Waiting = calls, Deadline = deadline };
        Products.Add(product);
        At(from, () => Ask(product));
        return product;
    }

    public void At(double time, Action action) => _events.Enqueue(action, (time, ++_order));

    public void Run(double until)
    {
        while (_events.TryPeek(out var action, out var due) && due.At <= until)
        {
            _events.Dequeue();
            Now = Math.Max(Now, due.At);
            action();
        }

        Now = until;
    }

    public double Taken(double from, double to) => Products.Sum(product => product.Count(Fate.Taken, from, to));

    public double Refused(double from, double to) => Products.Sum(product => product.Count(Fate.Refused, from, to));

    public double Calls(double from, double to) => Products.Sum(product => product.Count(from, to));

    /// <summary>Gives a product more to send.</summary>
    public void Supply(VirtualProduct product, double calls)
    {
        product.Waiting += calls;
        Ask(product);
    }

    /// <summary>The process dies and starts again, with what is worth keeping, or with nothing.</summary>
    public void Restart(RateState? known) => Throttle = new(_options, known);

    private void Ask(VirtualProduct product)
    {
        if (product.HasVanished)
        {
            return;
        }

        var generation = ++product.Asks;
        while (product.Waiting > 0)
        {
            var decision = Throttle.TryStart(Time(Now), product.Key, Time(product.Deadline));
            if (!decision.IsStarted)
            {
                var at = (decision.WaitUntil - Epoch).TotalSeconds + (_random.NextDouble() * Lateness);
                Assert.True(at > Now || Lateness == 0 && at >= Now, "Told to ask in the past.");
                At(at, () =>
                {
                    if (generation == product.Asks)
                    {
                        Ask(product);
                    }
                });
                return;
            }

            Send(product, decision.CallId);
        }

        Throttle.Withdraw(product.Key);
    }

    private void Send(VirtualProduct product, long callId)
    {
        product.Waiting--;
        product.Started(++_started);
        CallsUnderWay++;
        CallsUnderWayMost = Math.Max(CallsUnderWayMost, CallsUnderWay);
        var latency = Latency * (1 - Math.Log(1 - _random.NextDouble()));
        var answer = Now + Math.Min(latency, Timeout);
        var chance = _random.NextDouble();
        At(Now + (latency / 2), () =>
        {
            var fate = Server.Handle(Now, product.Index, chance);
            product.Arrived(Now, fate);
            At(fate == Fate.Hangs ? Now + Timeout : Math.Max(answer, Now), () => End(product, callId, fate));
        });
    }

    private void End(VirtualProduct product, long callId, Fate fate)
    {
        CallsUnderWay--;
        CallVerdict? error = fate switch
        {
            Fate.Taken => null,
            Fate.Refused => CallVerdict.Throttled,
            Fate.ProductAtFault => CallVerdict.ProductAtFault,
            _ => CallVerdict.Transient,
        };
        var retryAfter = fate == Fate.Refused ? RetryAfter : null;
        Throttle.Finished(Time(Now), callId, new(error, retryAfter, _random.NextDouble()));
        product.Waiting += fate == Fate.Taken ? 0 : 1;
        Ask(product);
    }
}
