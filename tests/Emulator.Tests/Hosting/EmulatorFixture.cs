using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Tally.Emulator.Tests.Hosting;

/// <summary>An emulator at a moment that stands still, with one product, and a caller.</summary>
internal sealed class EmulatorFixture : IAsyncDisposable
{
    public const string Product = "prod-1";
    public static readonly DateTimeOffset Start = new(2026, 11, 23, 10, 30, 0, TimeSpan.Zero);

    private EmulatorFixture(MarketplaceEmulator emulator, FakeTimeProvider clock)
    {
        Emulator = emulator;
        Clock = clock;
        Caller = new MeteringCaller(emulator.Endpoint);
    }

    public MarketplaceEmulator Emulator { get; }

    public FakeTimeProvider Clock { get; }

    public MeteringCaller Caller { get; }

    public long Now => Clock.GetUtcNow().ToUnixTimeSeconds();

    public static async Task<EmulatorFixture> StartAsync(
        EmulatorOptions? options = null,
        ILoggerFactory? loggers = null)
    {
        var clock = new FakeTimeProvider(Start);
        var emulator = await MarketplaceEmulator.StartAsync(options, clock, loggers);
        await emulator.DeclareProductAsync(Product, new ProductDeclaration
        {
            Dimensions = ["api_calls", "gb_hours"],
            Customers = new Dictionary<string, SubscriptionState>(StringComparer.Ordinal)
            {
                ["cust-1"] = SubscriptionState.Subscribed,
                ["cust-2"] = SubscriptionState.Unsubscribed,
                ["123456789012"] = SubscriptionState.Subscribed,
            },
        });
        return new EmulatorFixture(emulator, clock);
    }

    public object Record(int quantity, string customer = "cust-1", long? timestamp = null) => new
    {
        Timestamp = timestamp ?? Now,
        CustomerIdentifier = customer,
        Dimension = "api_calls",
        Quantity = quantity,
    };

    public async ValueTask DisposeAsync()
    {
        Caller.Dispose();
        await Emulator.DisposeAsync();
    }
}
