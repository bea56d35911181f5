using Amazon.AWSMarketplaceMetering;
using Amazon.Runtime;
using Microsoft.Extensions.Time.Testing;
using Tally.Contracts.Customers;
using Tally.Domain.Catalogue;
using Tally.Emulator;
using Tally.Grains.Hosting;
using Tally.Grains.Tests.Hosting;

namespace Tally.Grains.Tests.Faults;

/// <summary>Real silos, the real client, the real emulator behind HTTP; one virtual clock for all.</summary>
internal sealed class EmulatedCluster : IAsyncDisposable
{
    public const string Product = "p";
    private const int PostsAtOnce = 200;
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(5);

    private readonly Dictionary<(string Customer, string Dimension, DateTimeOffset Hour), int> _posted = [];
    private readonly AmazonAWSMarketplaceMeteringClient _client;
    private long _events;

    private EmulatedCluster(
        TallyCluster tally,
        MarketplaceEmulator aws,
        AmazonAWSMarketplaceMeteringClient client,
        CountingMarketplace calls)
    {
        (Tally, Aws, _client, Calls) = (tally, aws, client, calls);
    }

    public TallyCluster Tally { get; }

    public MarketplaceEmulator Aws { get; }

    public CountingMarketplace Calls { get; }

    public FakeTimeProvider Clock => Tally.Clock;

    public static async Task<EmulatedCluster> Start(
        EmulatorOptions? emulator = null, Action<TallyOptions>? configure = null, int silos = 1)
    {
        var clock = TallyCluster.NewClock();
        var aws = await MarketplaceEmulator.StartAsync(emulator, clock);
        var client = new AmazonAWSMarketplaceMeteringClient(
            new BasicAWSCredentials("test", "test"),
            new AmazonAWSMarketplaceMeteringConfig
            {
                ServiceURL = aws.Endpoint.ToString(),
                AuthenticationRegion = "us-east-1",
                MaxErrorRetry = 0,
                Timeout = TimeSpan.FromSeconds(30),
            });
        var calls = new CountingMarketplace(client);
        return new(await TallyCluster.Start(clock, calls, silos, configure), aws, client, calls);
    }

    /// <summary>Lists the product on both sides, with fewer dimensions at the marketplace if need be.</summary>
    public async Task List(IReadOnlyList<string> dimensions, IReadOnlyList<string>? known = null)
    {
        await Tally.PutProduct(Product, [.. dimensions.Select(dimension => new DimensionConfig(dimension))]);
        await Aws.DeclareProductAsync(Product, [.. known ?? dimensions]);
    }

    /// <summary>Posts usage of the present hour; every record has a quantity of its own.</summary>
    public async Task Post(
        int customers, IReadOnlyList<string> dimensions, string prefix = "c", IReadOnlyList<int>? ordinals = null)
    {
        var now = Clock.GetUtcNow();
        var hour = now - TimeSpan.FromTicks(now.Ticks % TallyCluster.Period.Ticks);
        foreach (var some in Enumerable.Range(0, customers).Chunk(PostsAtOnce))
        {
            await Task.WhenAll(some.Select(number =>
            {
                var customer = $"{prefix}{number}";
                var events = dimensions.Select((dimension, place) =>
                {
                    var units = (int)(++_events % 100_000) + 1;
                    _posted[(customer, dimension, hour)] = units;
                    return new UsageEvent(_events, units, now, ordinals?[place] ?? place);
                });
                return Tally.Customer(Product, customer).Post(UsageEvents.Batch([.. events])).AsTask();
            }));
        }
    }

    public Task PutProfile(string customer, CustomerIdentity identity) =>
        Tally.Customer(Product, customer).PutProfile(new CustomerProfile(null, identity));

    /// <summary>Lets time pass, with a flush at each step.</summary>
    public async Task Pass(TimeSpan time, TimeSpan? step = null)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += step ?? Step)
        {
            Clock.Advance(step ?? Step);
            await Tally.Delivery(Product).Flush();
        }
    }

    /// <summary>Lets time pass until nothing waits, or the time is up.</summary>
    public async Task PassUntilDelivered(TimeSpan timeMax, TimeSpan? step = null)
    {
        var end = Clock.GetUtcNow() + timeMax;
        do
        {
            await Pass(step ?? Step, step);
        }
        while ((await Tally.Delivery(Product).GetStatus()).Waiting > 0 && Clock.GetUtcNow() < end);
    }

    /// <summary>Compares what was posted with what the marketplace bills, to the record, and with the books.</summary>
    public async Task AssertDelivered(Func<string, string, bool>? isPoison = null)
    {
        var billed = await Aws.ListRecordsAsync(Product);
        var expected = _posted
            .Where(pair => isPoison?.Invoke(pair.Key.Customer, pair.Key.Dimension) is not true)
            .Select(pair => (pair.Key.Customer, pair.Key.Dimension, Of(pair.Key.Hour), pair.Value));
        Assert.Equal(
            expected.Order(),
            billed.Select(record =>
                (record.CustomerIdentifier!, record.Dimension, record.Timestamp, record.Quantity)).Order());
        foreach (var line in await Tally.Delivery(Product).GetBalances())
        {
            Assert.Equal(0, (long)line.Balance.Difference.Micros);
            Assert.Equal(
                billed.Where(record => record.Dimension == line.Dimension).Sum(record => (long)record.Quantity),
                (long)line.Balance.Delivered.Micros / 1_000_000);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Tally.DisposeAsync();
        await Aws.DisposeAsync();
        _client.Dispose();
    }

    private static DateTimeOffset Of(DateTimeOffset hour) => hour + TallyCluster.Period - TimeSpan.FromSeconds(1);
}
