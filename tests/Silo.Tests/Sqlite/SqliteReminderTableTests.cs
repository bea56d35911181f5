using CsCheck;

namespace Tally.Silo.Tests.Sqlite;

public sealed class SqliteReminderTableTests
{
    [Fact]
    public async Task Upsert_IsFoundByGrainNameAndAfterReopen()
    {
        await using var store = new TemporaryStore();
        var entry = Entry("a", "flush");
        var first = await store.Reminders.UpsertRow(entry);
        entry.Period = TimeSpan.FromMinutes(2);
        var second = await store.Reminders.UpsertRow(entry);
        await store.Reminders.UpsertRow(Entry("a", "other"));
        await store.Reopen();

        var found = await store.Reminders.ReadRow(entry.GrainId, "flush");
        Assert.NotEqual(first, second);
        Assert.Equal(
            (entry.GrainId, entry.Period, entry.StartAt, second),
            (found!.GrainId, found.Period, found.StartAt, found.ETag));
        Assert.Equal(2, (await store.Reminders.ReadRows(entry.GrainId)).Reminders.Count);
        Assert.Null(await store.Reminders.ReadRow(entry.GrainId, "none"));
    }

    [Fact]
    public async Task Remove_OnlyWithTheRightETag()
    {
        await using var store = new TemporaryStore();
        var entry = Entry("a", "flush");
        var stale = await store.Reminders.UpsertRow(entry);
        var current = await store.Reminders.UpsertRow(entry);

        Assert.False(await store.Reminders.RemoveRow(entry.GrainId, "flush", stale!));
        Assert.True(await store.Reminders.RemoveRow(entry.GrainId, "flush", current!));
        Assert.Null(await store.Reminders.ReadRow(entry.GrainId, "flush"));
    }

    [Fact]
    public async Task Remove_ETagOfAReminderThatWasMadeAnew_IsRefused()
    {
        await using var store = new TemporaryStore();
        var entry = Entry("a", "flush");
        var old = await store.Reminders.UpsertRow(entry);
        Assert.True(await store.Reminders.RemoveRow(entry.GrainId, "flush", old!));
        await store.Reminders.UpsertRow(entry);

        Assert.False(await store.Reminders.RemoveRow(entry.GrainId, "flush", old!));
        Assert.False(await store.Reminders.RemoveRow(entry.GrainId, "flush", "not one of ours"));
        Assert.NotNull(await store.Reminders.ReadRow(entry.GrainId, "flush"));
    }

    [Fact]
    public async Task Upsert_AtOnce_GivesEachItsOwnETagAndTheLastCounts()
    {
        await using var store = new TemporaryStore();
        var etags = await Task.WhenAll(Enumerable.Range(1, 50).Select(minutes =>
        {
            var entry = Entry("foo/bar\\#baz?", "foo/bar\\#b_a_z?");
            entry.Period = TimeSpan.FromMinutes(minutes);
            return store.Reminders.UpsertRow(entry);
        }));
        var found = (await store.Reminders.ReadRows(Entry("foo/bar\\#baz?", "").GrainId)).Reminders.Single();

        Assert.Equal(50, etags.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal((etags[^1], TimeSpan.FromMinutes(50)), (found.ETag, found.Period));
    }

    [Fact]
    public async Task ReadRows_AnyRangeOfTheRing_HoldsExactlyItsOwn()
    {
        await using var store = new TemporaryStore();
        var entries = Enumerable.Range(0, 200).Select(grain => Entry($"g{grain}", "flush")).ToList();
        foreach (var entry in entries)
        {
            await store.Reminders.UpsertRow(entry);
        }

        var hashes = entries.Select(entry => entry.GrainId.GetUniformHashCode()).ToArray();
        var point = Gen.OneOf(Gen.UInt, Gen.Int[0, hashes.Length - 1].Select(index => hashes[index]));
        await Gen.Select(point, point).SampleAsync(
            async (begin, end) =>
            {
                var found = (await store.Reminders.ReadRows(begin, end)).Reminders.Select(entry => entry.GrainId);
                var expected = hashes.Zip(entries)
                    .Where(pair => begin < end
                        ? pair.First > begin && pair.First <= end
                        : pair.First > begin || pair.First <= end)
                    .Select(pair => pair.Second.GrainId);
                Assert.Equal(expected.ToHashSet(), found.ToHashSet());
            },
            iter: 200,
            threads: 1);
    }

    [Fact]
    public async Task Clear_RemovesAll()
    {
        await using var store = new TemporaryStore();
        await store.Reminders.UpsertRow(Entry("a", "flush"));
        await store.Reminders.TestOnlyClearTable();

        Assert.Empty((await store.Reminders.ReadRows(0, 0)).Reminders);
    }

    private static ReminderEntry Entry(string grain, string name) => new()
    {
        GrainId = GrainId.Create("delivery", grain),
        ReminderName = name,
        StartAt = new DateTime(2026, 11, 22, 10, 20, 30, DateTimeKind.Utc),
        Period = TimeSpan.FromMinutes(1),
    };
}
