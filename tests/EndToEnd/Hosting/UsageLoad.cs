using System.Collections.Concurrent;

namespace Tally.EndToEnd.Hosting;

/// <summary>
/// Senders that post events of two products without end, each batch until it is acknowledged, and what they were told.
/// </summary>
internal sealed class UsageLoad
{
    private const int Senders = 4;
    private const int EventsPerRequest = 20;
    private const int Customers = 60;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(40);

    private readonly ConcurrentBag<Usage> _acknowledged = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly Func<IReadOnlyList<Usage>, Task<(int Accepted, int Duplicates)>> _send;
    private readonly Task _sending;
    private int _ids;

    /// <summary>Starts the senders.</summary>
    /// <param name="send">Sends a batch until it is acknowledged.</param>
    public UsageLoad(Func<IReadOnlyList<Usage>, Task<(int Accepted, int Duplicates)>> send)
    {
        _send = send;
        _sending = Task.WhenAll(Enumerable.Range(0, Senders).Select(Send));
    }

    public static string[] Products { get; } = ["search", "images"];

    public int Acknowledged => _acknowledged.Count;

    /// <summary>Waits until so many more events are acknowledged.</summary>
    public Task More(int events)
    {
        var enough = Acknowledged + events;
        return Poll.Until(() =>
        {
            Assert.False(_sending.IsFaulted, _sending.Exception?.ToString());
            return Task.FromResult(Acknowledged >= enough);
        });
    }

    /// <summary>Lets the senders finish.</summary>
    public async Task Stop()
    {
        await _stopping.CancelAsync();
        await _sending;
    }

    /// <summary>The sums of what was acknowledged.</summary>
    public Dictionary<(string Product, string Dimension), decimal> Sums() => _acknowledged
        .GroupBy(usage => (usage.Product, usage.Dimension))
        .ToDictionary(group => group.Key, group => group.Sum(usage => usage.Quantity));

    /// <summary>
    /// What AWS has to hold: what is less than a unit is carried into the customer's next record, so the floor of the
    /// sum.
    /// </summary>
    public Dictionary<(string Product, string Customer, string Dimension), long> Expected() => _acknowledged
        .GroupBy(usage => (usage.Product, usage.Customer, usage.Dimension))
        .ToDictionary(group => group.Key, group => (long)decimal.Floor(group.Sum(usage => usage.Quantity)));

    private async Task Send(int sender)
    {
        var random = new Random(sender);
        using var pace = new PeriodicTimer(Pace);
        while (!_stopping.IsCancellationRequested)
        {
            var batch = Enumerable.Range(0, EventsPerRequest).Select(_ => Next(random)).ToList();
            await _send(batch);
            batch.ForEach(_acknowledged.Add);
            if (random.Next(10) == 0)
            {
                // What was acknowledged is known, whatever was killed in between.
                Assert.Equal((0, batch.Count), await _send(batch));
            }

            await pace.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private Usage Next(Random random) => new(
        $"event-{Interlocked.Increment(ref _ids)}",
        Products[random.Next(2)],
        $"customer-{random.Next(Customers)}",
        random.Next(4) == 0 ? "gb" : "calls",
        random.Next(4) == 0 ? random.Next(1, 4_000) / 100m : random.Next(1, 50));
}
