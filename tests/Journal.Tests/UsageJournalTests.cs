using System.Text;
using CsCheck;

namespace Tally.Journal.Tests;

/// <summary>What every usage journal must do, whatever it is stored in.</summary>
/// <param name="open">Opens an empty store.</param>
public abstract class UsageJournalTests(Func<Task<IJournalFixture>> open)
{
    [Fact]
    public async Task Append_ManyCustomersAtOnce_EachReadsItsOwnInOrder()
    {
        await using var store = await open();
        await Task.WhenAll(Enumerable.Range(0, 200).Select(async customer =>
        {
            for (var entry = 0; entry < 20; entry++)
            {
                await store.Journal.AppendAsync($"c{customer}", Bytes($"{customer}:{entry}"));
            }
        }));

        for (var customer = 0; customer < 200; customer++)
        {
            Assert.Equal(
                Enumerable.Range(0, 20).Select(entry => $"{customer}:{entry}"), await Read(store, $"c{customer}"));
        }
    }

    [Fact]
    public async Task Append_Positions_GrowAlsoAcrossReopenAndTrim()
    {
        await using var store = await open();
        var first = await store.Journal.AppendAsync("c", Bytes("1"));
        store.Journal.Cover("c", first);
        store.Clock.Advance(TimeSpan.FromDays(30));
        await store.Journal.TrimAsync();
        await store.Reopen();
        var second = await store.Journal.AppendAsync("c", Bytes("2"));

        Assert.True(second > first);
        Assert.Equal(["2"], await Read(store, "c", first));
    }

    [Fact]
    public async Task Read_AfterReopen_FindsEverythingThatIsNotCovered()
    {
        await using var store = await open();
        var middle = 0L;
        for (var entry = 0; entry < 10; entry++)
        {
            var position = await store.Journal.AppendAsync("c", Bytes($"{entry}"));
            middle = entry == 4 ? position : middle;
        }

        await store.Reopen();

        Assert.Equal(["5", "6", "7", "8", "9"], await Read(store, "c", middle));
        Assert.Empty(await Read(store, "another"));
    }

    [Fact]
    public async Task Read_EntriesAppendedSinceStart_AreFetchedFromTheStore()
    {
        await using var store = await open();
        await store.Journal.AppendAsync("c", Bytes("1"));
        Assert.Equal(["1"], await Read(store, "c"));
        await store.Journal.AppendAsync("c", Bytes("2"));
        await store.Journal.AppendAsync("d", Bytes("3"));

        Assert.Equal(["1", "2"], await Read(store, "c"));
    }

    [Fact]
    public async Task Append_StoreFails_SaysSoAndGoesOnWhenItCan()
    {
        await using var store = await open();
        await store.Journal.AppendAsync("c", Bytes("1"));
        store.Fail(WriteFault.NotStored);
        await Assert.ThrowsAnyAsync<JournalException>(async () => await store.Journal.AppendAsync("c", Bytes("lost")));
        store.Fail(WriteFault.None);
        var position = await AppendWhenPossible(store, "c", "2");

        Assert.True(position > 0);
        Assert.Equal(["1", "2"], await Read(store, "c"));
    }

    [Fact]
    public async Task Append_EmptyPayload_IsRefused()
    {
        await using var store = await open();
        await Assert.ThrowsAsync<ArgumentException>(
            async () => await store.Journal.AppendAsync("c", ReadOnlyMemory<byte>.Empty));
    }

    [Fact]
    public async Task Append_OneCustomerWithoutWaiting_KeepsOrderAndTellsEntriesApart()
    {
        await using var store = await open();
        var appends = Enumerable.Range(0, 500)
            .Select(entry => store.Journal.AppendAsync("c", Bytes($"{entry}")).AsTask())
            .ToList();
        var positions = await Task.WhenAll(appends);
        var texts = Enumerable.Range(0, 500).Select(entry => $"{entry}").ToList();

        Assert.Equal(positions.Order().Distinct(), positions);
        Assert.Equal(texts, await Read(store, "c"));
        store.Journal.Cover("c", positions[122]);
        Assert.Equal(texts.Skip(123), await Read(store, "c", positions[122]));
        await store.Reopen();
        Assert.Equal(texts.Skip(400), await Read(store, "c", positions[399]));
    }

    [Fact]
    public async Task Trim_SnapshotEndsAmidOneCommit_KeepsTheRestOfIt()
    {
        await using var store = await open();
        var positions = await Task.WhenAll(Enumerable.Range(0, 200)
            .Select(entry => store.Journal.AppendAsync("c", Bytes($"{entry}")).AsTask()));
        await Read(store, "c");
        for (var entry = 0; entry < 199; entry += 13)
        {
            store.Journal.Cover("c", positions[entry]);
            store.Clock.Advance(TimeSpan.FromDays(30));
            await store.Journal.TrimAsync();
            await store.Reopen();

            Assert.Equal(
                Enumerable.Range(entry + 1, 199 - entry).Select(rest => $"{rest}"),
                await Read(store, "c", positions[entry]));
        }
    }

    [Fact]
    public async Task Append_StoredAllTheSame_IsReadOnceNowAndAfterReopen()
    {
        await using var store = await open();
        await store.Journal.AppendAsync("c", Bytes("1"));
        store.Fail(WriteFault.Stored);
        await Assert.ThrowsAnyAsync<JournalException>(async () => await store.Journal.AppendAsync("c", Bytes("2")));
        await Assert.ThrowsAnyAsync<JournalException>(async () => await store.Journal.AppendAsync("d", Bytes("3")));
        store.Fail(WriteFault.None);

        Assert.Equal(["1", "2"], await Read(store, "c"));
        await AppendWhenPossible(store, "c", "4");
        Assert.Equal(["1", "2", "4"], await Read(store, "c"));
        Assert.Equal(["3"], await Read(store, "d"));
        await store.Reopen();
        Assert.Equal(["1", "2", "4"], await Read(store, "c"));
    }

    [Fact]
    public async Task Append_GivenUp_IsCancelled()
    {
        await using var store = await open();
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await store.Journal.AppendAsync("c", Bytes("1"), source.Token));

        Assert.Empty(await Read(store, "c"));
    }

    [Fact]
    public async Task Append_KeyThatCannotBeStored_IsRefused()
    {
        await using var store = await open();
        string[] keys = ["", new('k', 1_025), "half of a pair: \ud800"];
        foreach (var key in keys)
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(
                async () => await store.Journal.AppendAsync(key, Bytes("1")));
        }
    }

    [Fact]
    public async Task Append_LongestKeyAndAnyUnicode_AreFoundAfterReopen()
    {
        await using var store = await open();
        string[] keys = [new('k', 1_024), new('\u20ac', 1_024), "\ud83d\ude00|\u0000|\u00e9", " "];
        foreach (var key in keys)
        {
            await store.Journal.AppendAsync(key, Bytes(key));
        }

        await store.Reopen();
        foreach (var key in keys)
        {
            Assert.Equal([key], await Read(store, key));
        }
    }

    [Fact]
    public async Task Append_PayloadLargerThanACommit_IsStored()
    {
        await using var store = await open();
        var payload = new byte[20_000_000];
        Random.Shared.NextBytes(payload);
        await store.Journal.AppendAsync("c", payload);
        await store.Reopen();

        Assert.Equal(payload, (await store.Journal.ReadAsync("c", 0))[0].Payload.ToArray());
    }

    [Fact]
    public async Task Trim_DeletesOnlyWhatIsCoveredAndPastRetention()
    {
        await using var store = await open();
        var first = await store.Journal.AppendAsync("c", Bytes("1"));
        await store.Journal.AppendAsync("c", Bytes("2"));
        Assert.Equal(["2"], await Read(store, "c", first));
        store.Journal.Cover("c", first);
        Assert.Equal(0, await store.Journal.TrimAsync());
        store.Clock.Advance(TimeSpan.FromDays(30));
        Assert.Equal(1, await store.Journal.TrimAsync());
        await store.Reopen();
        Assert.Equal(["2"], await Read(store, "c"));
    }

    [Fact]
    public async Task Trim_ReadBehindAnEntry_IsNotToldThatASnapshotHoldsIt()
    {
        await using var store = await open();
        var first = await store.Journal.AppendAsync("c", Bytes("1"));
        await store.Journal.AppendAsync("c", Bytes("2"));
        Assert.Equal(["2"], await Read(store, "c", first));
        store.Clock.Advance(TimeSpan.FromDays(30));

        Assert.Equal(["c"], await store.Journal.ListUncoveredAsync(store.Clock.GetUtcNow(), 10));
        Assert.Equal(0, await store.Journal.TrimAsync());
        await store.Reopen();
        Assert.Equal(["1", "2"], await Read(store, "c"));
    }

    [Fact]
    public async Task Trim_OneCustomerUncovered_KeepsWhatItNeeds()
    {
        await using var store = await open();
        await store.Journal.AppendAsync("idle", Bytes("needed"));
        for (var entry = 0; entry < 100; entry++)
        {
            for (var customer = 0; customer < 5; customer++)
            {
                store.Journal.Cover($"c{customer}", await store.Journal.AppendAsync($"c{customer}", Bytes("x")));
            }
        }

        store.Clock.Advance(TimeSpan.FromDays(30));
        await store.Journal.ListUncoveredAsync(store.Clock.GetUtcNow(), 10);
        await store.Journal.TrimAsync();
        await store.Reopen();

        Assert.Equal(["needed"], await Read(store, "idle"));
    }

    [Fact]
    public async Task ListUncovered_OldestFirst_AlsoAfterReopen()
    {
        await using var store = await open();
        foreach (var customer in new[] { "old", "middle", "new" })
        {
            await store.Journal.AppendAsync(customer, Bytes(customer));
            store.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var before = store.Clock.GetUtcNow().AddSeconds(-90);
        Assert.Equal(["old", "middle"], await store.Journal.ListUncoveredAsync(before, 10));
        await store.Reopen();
        Assert.Equal(["old", "middle"], await store.Journal.ListUncoveredAsync(before, 10));
        Assert.Equal(["old"], await store.Journal.ListUncoveredAsync(before, 1));
        store.Journal.Cover("old", long.MaxValue);
        Assert.Equal(["middle"], await store.Journal.ListUncoveredAsync(before, 10));
    }

    [Fact]
    public async Task AnyHistory_IsFoundAgainAsAModelSaysIt()
    {
        var step = Gen.Select(Gen.Int[0, 9], Gen.Int[0, 5], (kind, customer) => (Kind: kind, Customer: $"c{customer}"));
        await step.Array[5, 60].SampleAsync(
            async steps =>
            {
                await using var store = await open();
                await Replay(store, steps);
            },
            iter: 60,
            threads: 1);
    }

    private static async Task Replay(IJournalFixture store, (int Kind, string Customer)[] steps)
    {
        var model = new Dictionary<string, List<(long Position, string Text)>>();
        var next = 0;
        foreach (var (kind, customer) in steps)
        {
            var entries = model.TryGetValue(customer, out var known) ? known : model[customer] = [];
            switch (kind)
            {
                case < 6:
                    var text = $"{customer}-{next++}";
                    entries.Add((await AppendWhenPossible(store, customer, text), text));
                    break;
                case 6 when entries.Count > 0:
                    var covered = entries[entries.Count / 2].Position;
                    store.Journal.Cover(customer, covered);
                    entries.RemoveAll(entry => entry.Position <= covered);
                    break;
                case 7:
                    store.Clock.Advance(TimeSpan.FromDays(10));
                    await store.Journal.TrimAsync();
                    break;
                case 8:
                    await store.Reopen();
                    break;
                default:
                    store.Fail(WriteFault.NotStored);
                    await Assert.ThrowsAnyAsync<JournalException>(
                        async () => await store.Journal.AppendAsync("broken", Bytes("x")));
                    store.Fail(WriteFault.None);
                    break;
            }
        }

        foreach (var (customer, entries) in model)
        {
            // What is covered may still be there until it is trimmed, so the reader says what it has.
            var after = entries.Count > 0 ? entries[0].Position - 1 : long.MaxValue - 1;
            Assert.Equal(entries.Select(entry => entry.Text), await Read(store, customer, after));
        }
    }

    private static async Task<long> AppendWhenPossible(IJournalFixture store, string customer, string text)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await store.Journal.AppendAsync(customer, Bytes(text));
            }
            catch (JournalException) when (attempt < 100)
            {
                // The store is opening again.
                await Task.Yield();
            }
        }
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static async Task<IEnumerable<string>> Read(IJournalFixture store, string customer, long after = 0) =>
        (await store.Journal.ReadAsync(customer, after)).Select(entry => Encoding.UTF8.GetString(entry.Payload.Span));
}
