using Tally.Emulator.Rules;
using Tally.Emulator.State;

namespace Tally.Emulator.Tests.State;

/// <summary>What every store of the emulator does alike.</summary>
public abstract class EmulatorStateTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Time = new(2026, 11, 23, 10, 30, 0, TimeSpan.Zero);
    private IEmulatorState? _state;

    internal IEmulatorState State => _state ?? throw new InvalidOperationException("Not started.");

    internal abstract ValueTask<IEmulatorState> OpenAsync();

    public async ValueTask InitializeAsync() => _state = await OpenAsync();

    public virtual async ValueTask DisposeAsync()
    {
        await State.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Add_TakenKey_AnswersTheFirstRecordEvenWithinABatch()
    {
        var (first, second, other) = (Candidate("c1", 1), Candidate("c1", 2), Candidate("c2", 3));
        var stored = await State.AddAsync([first, second, other]);
        var again = await State.AddAsync([second]);

        Assert.Equal([first.Record, first.Record, other.Record], stored);
        Assert.Equal([first.Record], again);
        Assert.Equal([first.Record, other.Record], await ListAsync(new RecordFilter(null, null)));
    }

    [Fact]
    public async Task Add_WithAllocations_ListsThoseOfTheFirstRecord()
    {
        var (key, plain) = Candidate("c1", 3);
        MeteredAllocation[] sent = [new(1, [new("team", "a"), new("env", "\"x\"")]), new(2, [])];
        _ = await State.AddAsync([(key, plain with { UsageAllocations = sent })]);
        var again = await State.AddAsync([(key, plain with { UsageAllocations = [new(3, [])] })]);

        var listed = Assert.Single(await ListAsync(new RecordFilter(null, null)));
        Assert.Equivalent(sent, listed.UsageAllocations, strict: true);
        Assert.Equivalent(sent, again[0].UsageAllocations, strict: true);
        Assert.Equal(plain, listed with { UsageAllocations = null });
    }

    [Fact]
    public async Task List_WithAFilter_HasOnlyWhatItAdmits()
    {
        var (first, second) = (Candidate("c1", 1), Candidate("c2", 2));
        _ = await State.AddAsync([first, second]);

        Assert.Equal([second.Record], await ListAsync(new RecordFilter("p1", "c2")));
        Assert.Empty(await ListAsync(new RecordFilter("p2", null)));
    }

    [Fact]
    public async Task Declare_Again_ReplacesDimensionsAndMergesCustomers()
    {
        await State.DeclareAsync("p1", Declaration(["a", "b"], "c1", SubscriptionState.Subscribed));
        await State.DeclareAsync("p1", Declaration(["b"], "c2", SubscriptionState.Subscribed));
        await State.DeclareAsync("p1", Declaration(["b"], "c1", SubscriptionState.Unsubscribed));

        var product = State.Catalogue.Products["p1"];
        Assert.Equal(["b"], product.Dimensions);
        Assert.True(product.IsSubscribed("c2"));
        Assert.False(product.IsSubscribed("c1"));
        Assert.False(product.IsSubscribed("c3"));
    }

    [Fact]
    public async Task AddToken_AnyCustomer_IsFoundAsItWas()
    {
        var customer = new RegisteredCustomer { ProductCode = "p1", CustomerIdentifier = "c1", ExpiresAt = Time };
        await State.AddTokenAsync("t1", customer);

        Assert.Equal(customer, await State.FindTokenAsync("t1"));
        Assert.Null(await State.FindTokenAsync("t2"));
    }

    [Fact]
    public async Task Reset_WithEverythingInIt_ForgetsEverything()
    {
        _ = await State.AddAsync([Candidate("c1", 1)]);
        await State.DeclareAsync("p1", Declaration(["a"], "c1", SubscriptionState.Subscribed));
        await State.AddTokenAsync("t1", new RegisteredCustomer { ProductCode = "p1", ExpiresAt = Time });
        await State.ResetAsync();

        Assert.Empty(await ListAsync(new RecordFilter(null, null)));
        Assert.Empty(State.Catalogue.Products);
        Assert.Null(await State.FindTokenAsync("t1"));
    }

    [Fact]
    public async Task Add_ManyAtOnce_StoresOneRecordPerKey()
    {
        var adding = Enumerable.Range(0, 400)
            .Select(index => Task.Run(async () => await State.AddAsync([Candidate($"c{index % 100}", index)])));
        var stored = await Task.WhenAll(adding);

        var listed = await ListAsync(new RecordFilter(null, null));
        Assert.Equal(100, listed.Count);
        Assert.Equal(listed.ToHashSet(), stored.SelectMany(records => records).ToHashSet());
    }

    internal static (UsageKey Key, MeteredRecord Record) Candidate(string customer, int quantity)
    {
        var record = new MeteredRecord
        {
            ProductCode = "p1",
            CustomerIdentifier = customer,
            Dimension = "d1",
            Timestamp = Time.AddTicks(1),
            Quantity = quantity,
            MeteringRecordId = Guid.NewGuid().ToString("D"),
        };
        return (new UsageKey("p1", $"id:{customer}", "d1", Time.ToUnixTimeSeconds()), record);
    }

    internal static ProductDeclaration Declaration(
        IReadOnlyList<string> dimensions,
        string customer,
        SubscriptionState state) => new()
        {
            Dimensions = dimensions,
            Customers = new Dictionary<string, SubscriptionState>(StringComparer.Ordinal) { [customer] = state },
        };

    private protected async Task<IReadOnlyList<MeteredRecord>> ListAsync(RecordFilter filter)
    {
        var records = new List<MeteredRecord>();
        await foreach (var record in State.ListAsync(filter, TestContext.Current.CancellationToken))
            records.Add(record);
        return records;
    }
}
