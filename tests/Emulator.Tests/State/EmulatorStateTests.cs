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
        Assert.Equal([first.Record, other.Record], await ListAsync(new RecordFilter()));
    }

    [Fact]
    public async Task Add_WithAllocations_ListsThoseOfTheFirstRecord()
    {
        var (key, plain) = Candidate("c1", 3);
        MeteredAllocation[] sent = [new(1, [new("team", "a"), new("env", "\"x\"")]), new(2, [])];
        _ = await State.AddAsync([new(key, plain with { UsageAllocations = sent })]);
        var again = await State.AddAsync([new(key, plain with { UsageAllocations = [new(3, [])] })]);

        var listed = Assert.Single(await ListAsync(new RecordFilter()));
        Assert.Equivalent(sent, listed.UsageAllocations, strict: true);
        Assert.Equivalent(sent, again[0].UsageAllocations, strict: true);
        Assert.Equal(plain, listed with { UsageAllocations = null });
    }

    [Fact]
    public async Task List_WithAFilter_HasOnlyWhatItAdmits()
    {
        var (first, second) = (Candidate("c1", 1), Candidate("c2", 2));
        _ = await State.AddAsync([first, second]);

        Assert.Equal([second.Record], await ListAsync(new RecordFilter { ProductCode = "p1", Customer = "c2" }));
        Assert.Empty(await ListAsync(new RecordFilter { ProductCode = "p2" }));
    }

    [Fact]
    public async Task Add_SameKeyInAnotherRegionOrOfAnotherSeller_IsAnotherRecord()
    {
        var first = Candidate("c1", 1);
        var elsewhere = first with { Key = first.Key with { Region = "eu-west-1" } };
        var ofOther = first with { Key = first.Key with { AccountId = "111122223333" } };
        _ = await State.AddAsync([first, elsewhere, ofOther]);

        Assert.Equal(3, (await ListAsync(new RecordFilter())).Count);
    }

    [Fact]
    public async Task Save_SeveralChanges_AreReadAsTheyWereSaved()
    {
        await State.SaveAsync([new("a", "1", "{}"), new("a", "2", "{\"x\":1}"), new("b", "1", "[]")]);
        await State.SaveAsync([new("a", "1", null), new("a", "2", "{\"x\":2}")]);

        Assert.Null(State.Documents.Find("a", "1"));
        Assert.Equal("{\"x\":2}", State.Documents.Find("a", "2")?.Json);
        Assert.Equal(["1"], State.Documents.List("b").Select(held => held.Key));
    }

    [Fact]
    public async Task Reset_WithEverythingInIt_ForgetsEverything()
    {
        _ = await State.AddAsync([Candidate("c1", 1)]);
        await State.SaveAsync([new("a", "1", "{}")]);
        await State.ResetAsync();

        Assert.Empty(await ListAsync(new RecordFilter()));
        Assert.Null(State.Documents.Find("a", "1"));
        Assert.Empty(State.Documents.ListAll());
    }

    [Fact]
    public async Task Save_ForAGenerationThatWasReplaced_ChangesNothing()
    {
        var before = State.Documents.Generation;
        Assert.True(await State.SaveAsync([new("a", "1", "{}")], before));
        // Both are waiting when the first begins, so that a store may do them in one transaction.
        var replacing = State.ReplaceAsync([new("a", "2", "{}")], []).AsTask();
        var saving = State.SaveAsync([new("a", "3", "{}")], before).AsTask();
        await replacing;

        Assert.False(await saving);
        Assert.Equal(["2"], State.Documents.List("a").Select(held => held.Key));
        Assert.NotEqual(before, State.Documents.Generation);
        Assert.True(await State.SaveAsync([new("a", "4", "{}")], State.Documents.Generation));
        Assert.NotNull(State.Documents.Find("a", "4"));
    }

    [Fact]
    public async Task Add_ManyAtOnce_StoresOneRecordPerKey()
    {
        var adding = Enumerable.Range(0, 400)
            .Select(index => Task.Run(async () => await State.AddAsync([Candidate($"c{index % 100}", index)])));
        var stored = await Task.WhenAll(adding);

        var listed = await ListAsync(new RecordFilter());
        Assert.Equal(100, listed.Count);
        Assert.Equal(listed.ToHashSet(), stored.SelectMany(records => records).ToHashSet());
    }

    internal static StoredUsage Candidate(string customer, int quantity)
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
        var key = new UsageKey(
            record.AccountId, record.Region, "p1", $"id:{customer}", "d1", Time.ToUnixTimeSeconds());
        return new StoredUsage(key, record);
    }

    private protected async Task<IReadOnlyList<MeteredRecord>> ListAsync(RecordFilter filter)
    {
        var records = new List<MeteredRecord>();
        await foreach (var (_, record) in State.ListAsync(filter, TestContext.Current.CancellationToken))
            records.Add(record);
        return records;
    }
}
