using Orleans.Storage;
using Tally.Contracts.Customers;

namespace Tally.Silo.Tests.Sqlite;

public sealed class SqliteGrainStorageTests
{
    private static readonly GrainId Grain = GrainId.Create("customer", "acme|p|c/1|x");

    [Fact]
    public async Task Read_NothingStored_IsAFreshStateWithoutETag()
    {
        await using var store = new TemporaryStore();
        var state = await Read(store);

        Assert.False(state.RecordExists);
        Assert.Null(state.ETag);
        Assert.Empty(state.State!.Items);
    }

    [Fact]
    public async Task Write_IsFoundAgainAfterReopen()
    {
        await using var store = new TemporaryStore();
        var state = await Read(store);
        state.State!.Items.Add("one");
        await store.Storage.WriteStateAsync("state", Grain, state);
        await store.Reopen();

        Assert.Equal(["one"], (await Read(store)).State!.Items);
    }

    [Fact]
    public async Task Read_FlippedBit_IsRefusedAndNamesTheFileAndTheState()
    {
        await using var store = new TemporaryStore();
        var state = await Read(store);
        state.State!.Items.Add("one");
        await store.Storage.WriteStateAsync("state", Grain, state);
        await store.Run("UPDATE grain_state SET payload = CAST(replace(CAST(payload AS TEXT), 'one', 'onf') AS BLOB)");

        await Assert.ThrowsAsync<UsageStoreUnavailableException>(() => Read(store));
        Assert.Contains(store.Options.Path, store.Said, StringComparison.Ordinal);
        Assert.Contains("state of customer/", store.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_StaleETag_IsRefusedAndChangesNothing()
    {
        await using var store = new TemporaryStore();
        var (first, second) = (await Read(store), await Read(store));
        first.State!.Items.Add("first");
        await store.Storage.WriteStateAsync("state", Grain, first);
        second.State!.Items.Add("second");
        await Assert.ThrowsAsync<InconsistentStateException>(
            () => store.Storage.WriteStateAsync("state", Grain, second));

        var third = await Read(store);
        Assert.Equal(["first"], third.State!.Items);
        third.State!.Items.Add("third");
        await store.Storage.WriteStateAsync("state", Grain, third);
        first.State!.Items.Add("late");
        await Assert.ThrowsAsync<InconsistentStateException>(
            () => store.Storage.WriteStateAsync("state", Grain, first));
    }

    [Fact]
    public async Task Clear_ForgetsAndRefusesStaleETags()
    {
        await using var store = new TemporaryStore();
        var state = await Read(store);
        await store.Storage.WriteStateAsync("state", Grain, state);
        var stale = await Read(store);
        await store.Storage.WriteStateAsync("state", Grain, state);
        await Assert.ThrowsAsync<InconsistentStateException>(
            () => store.Storage.ClearStateAsync("state", Grain, stale));
        await store.Storage.ClearStateAsync("state", Grain, state);

        Assert.False((await Read(store)).RecordExists);
        await store.Storage.WriteStateAsync("state", Grain, state);
        Assert.True((await Read(store)).RecordExists);
    }

    [Fact]
    public async Task Write_ETagOfAStateThatWasClearedAndWrittenAgain_IsRefused()
    {
        await using var store = new TemporaryStore();
        var state = await Read(store);
        await store.Storage.WriteStateAsync("state", Grain, state);
        var old = await Read(store);
        await store.Storage.ClearStateAsync("state", Grain, state);
        await store.Storage.WriteStateAsync("state", Grain, state);

        await Assert.ThrowsAsync<InconsistentStateException>(() => store.Storage.WriteStateAsync("state", Grain, old));
    }

    [Fact]
    public async Task Clear_WithoutETagOfAStateThatExists_IsRefused()
    {
        await using var store = new TemporaryStore();
        var fresh = await Read(store);
        await store.Storage.ClearStateAsync("state", Grain, fresh);
        await store.Storage.WriteStateAsync("state", Grain, await Read(store));

        await Assert.ThrowsAsync<InconsistentStateException>(
            () => store.Storage.ClearStateAsync("state", Grain, fresh));
        Assert.True((await Read(store)).RecordExists);
    }

    [Fact]
    public async Task Write_ForeignETag_IsRefused()
    {
        await using var store = new TemporaryStore();
        await store.Storage.WriteStateAsync("state", Grain, await Read(store));
        var state = await Read(store);
        state.ETag = "W/\"of another store\"";
        await Assert.ThrowsAsync<InconsistentStateException>(
            () => store.Storage.WriteStateAsync("state", Grain, state));
    }

    [Fact]
    public async Task Write_OtherStateNameOrGrain_IsAnotherState()
    {
        await using var store = new TemporaryStore();
        await store.Storage.WriteStateAsync("state", Grain, await Read(store));
        var other = new GrainState<ListState>();
        await store.Storage.ReadStateAsync("another", Grain, other);
        Assert.False(other.RecordExists);
        await store.Storage.ReadStateAsync("state", GrainId.Create("customer", "acme|p|c/1"), other);
        Assert.False(other.RecordExists);
    }

    [Fact]
    public async Task Write_StateChangedWhileItWaits_StoresWhatItWasWhenAsked()
    {
        await using var store = new TemporaryStore();
        var state = await Read(store);
        state.State!.Items.Add("asked");
        var writing = store.Storage.WriteStateAsync("state", Grain, state);
        state.State!.Items.Add("later");
        await writing;

        Assert.Equal(["asked"], (await Read(store)).State!.Items);
    }

    private static async Task<GrainState<ListState>> Read(TemporaryStore store)
    {
        var state = new GrainState<ListState>();
        await store.Storage.ReadStateAsync("state", Grain, state);
        Assert.NotNull(state.State);
        return state;
    }
}

/// <summary>A state to store.</summary>
[GenerateSerializer, Alias("Tally.Tests.ListState")]
public sealed class ListState
{
    [Id(0)]
    public List<string> Items { get; set; } = [];
}
