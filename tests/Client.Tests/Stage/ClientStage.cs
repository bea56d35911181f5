using Microsoft.Extensions.Time.Testing;
using Tally.Api.Tests.Stage;
using Tally.Client.Hosting;

namespace Tally.Client.Tests.Stage;

/// <summary>A client with a clock that a test moves, at a seller's API.</summary>
internal sealed class ClientStage : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private ClientStage(Seller seller, Uri address, Action<TallyClientOptions>? configure)
    {
        Seller = seller;
        var options = new TallyClientOptions { Address = address, ApiKey = seller.Key };
        configure?.Invoke(options);
        Client = new(options, new ClientParts { Time = Time, Logger = Log, Random = () => Chance });
        Client.Rejected += (_, rejected) =>
        {
            lock (Rejected)
            {
                Rejected.Add(rejected);
            }
        };
    }

    public Seller Seller { get; }

    public TallyClient Client { get; }

    public FakeTimeProvider Time { get; } = new(ApiStage.Now);

    public LogLines Log { get; } = new();

    public List<UsageRejectedEventArgs> Rejected { get; } = [];

    /// <summary>What is drawn between zero and one.</summary>
    public double Chance { get; set; } = 0.5;

    public static async Task<ClientStage> Open(
        ApiStage stage, FaultyDoor? door = null, Action<TallyClientOptions>? configure = null) =>
        At(await stage.NewSeller(), door, configure);

    public static ClientStage At(
        Seller seller, FaultyDoor? door = null, Action<TallyClientOptions>? configure = null) =>
        new(seller, door?.Address ?? seller.Api.Address, configure);

    /// <summary>An event of the usual product.</summary>
    public static UsageEvent Event(string? id = null, decimal quantity = 1, string customer = "c") =>
        new("p", customer, "calls", quantity) { Id = id };

    /// <summary>Moves the clock on until something has happened.</summary>
    public async Task Until(Func<bool> happened, TimeSpan? step = null)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!happened())
        {
            Time.Advance(step ?? TimeSpan.FromMilliseconds(100));
            await Task.Delay(1, patience.Token); // polls for a condition
        }
    }

    /// <summary>Moves the clock on until something is done.</summary>
    public async Task Until(Task done, TimeSpan? step = null)
    {
        await Until(() => done.IsCompleted, step);
        await done;
    }

    /// <summary>Waits, while the clock stands still, until something has happened.</summary>
    public static async Task Still(Func<bool> happened)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!happened())
        {
            await Task.Delay(1, patience.Token); // polls for a condition
        }
    }

    /// <summary>What the API has counted of a customer: how many events, and how much.</summary>
    public async Task<(long Events, decimal Quantity)> Counted(string customer = "c")
    {
        var usage = await Seller.Get($"/v1/products/p/customers/{Uri.EscapeDataString(customer)}/usage");
        return usage.Status == 404
            ? (0, 0)
            : usage.Json.GetProperty("open").EnumerateArray().Aggregate((0L, 0m), (sum, open) => (
                sum.Item1 + open.GetProperty("events").GetInt64(),
                sum.Item2 + open.GetProperty("quantity").GetDecimal()));
    }

    public async ValueTask DisposeAsync() => await Until(Client.DisposeAsync().AsTask());
}
