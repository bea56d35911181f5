using Tally.Journal.Sqlite;

namespace Tally.Journal.Tests.Sqlite;

public sealed class SqliteDatabaseTests
{
    [Fact]
    public async Task EnsureMeta_OtherValueThanAtFirst_IsRefused()
    {
        await using var store = new SqliteJournalFixture();
        store.Database.EnsureMeta("period", "01:00:00");
        store.Database.EnsureMeta("period", "01:00:00");

        var exception = Assert.Throws<JournalException>(() => store.Database.EnsureMeta("period", "00:01:00"));
        Assert.Contains("01:00:00", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reopen_WithOtherPartitions_IsRefused()
    {
        await using var store = new SqliteJournalFixture();
        store.Options.Partitions = 8;
        await Assert.ThrowsAsync<JournalException>(store.Reopen);
        store.Options.Partitions = 4;
        await store.Reopen();
    }

    [Fact]
    public async Task Append_QueueFull_IsRefusedAndNothingIsWritten()
    {
        await using var store = new SqliteJournalFixture(options => options.QueueMax = 100);
        using var hold = new ManualResetEventSlim();
        store.Database.Writer.BeforeCommit = hold.Wait;
        var held = store.Journal.AppendAsync("first", new byte[] { 1 }).AsTask();
        var waiting = new List<Task>();
        var refused = 0;
        for (var customer = 0; customer < 300; customer++)
        {
            var append = store.Journal.AppendAsync($"c{customer}", new byte[] { 1 }).AsTask();
            if (append.IsFaulted)
            {
                Assert.IsType<JournalOverloadedException>(append.Exception.InnerException);
                refused++;
            }
            else
            {
                waiting.Add(append);
            }
        }

        store.Database.Writer.BeforeCommit = null;
        hold.Set();
        await held;
        await Task.WhenAll(waiting);
        Assert.InRange(refused, 199, 201);
        Assert.Single(await store.Journal.ReadAsync("c0", 0));
        Assert.Empty(await store.Journal.ReadAsync("c299", 0));
    }

    [Fact]
    public async Task Append_ManyWaiting_ShareOneCommit()
    {
        await using var store = new SqliteJournalFixture();
        using var hold = new ManualResetEventSlim();
        store.Database.Writer.BeforeCommit = hold.Wait;
        var first = store.Journal.AppendAsync("first", new byte[] { 1 }).AsTask();
        while (store.Database.Queue.Waiting > 0)
        {
            await Task.Yield();
        }

        var others = Enumerable.Range(0, 1_000)
            .Select(customer => store.Journal.AppendAsync($"c{customer}", new byte[] { 1 }).AsTask())
            .ToList();
        store.Database.Writer.BeforeCommit = null;
        hold.Set();

        var positions = await Task.WhenAll(others);
        Assert.Equal(1, await store.Database.ReadAsync(session => Scalar(
            session, "SELECT COUNT(DISTINCT row / 4) FROM journal WHERE row / 4 > 1")));
        Assert.True(await first < positions.Min());
    }

    [Fact]
    public async Task Write_OwnRefusal_FailsItAloneAndTheCommitGoesOn()
    {
        await using var store = new SqliteJournalFixture();
        var refused = store.Database.WriteAsync<int>(_ => throw new InvalidOperationException("no"));
        var written = store.Journal.AppendAsync("c", new byte[] { 1 }).AsTask();

        await Assert.ThrowsAsync<InvalidOperationException>(() => refused);
        Assert.True(await written > 0);
    }

    [Fact]
    public async Task Write_DiskFull_FailsAndRecoversWhenThereIsRoom()
    {
        await using var store = new SqliteJournalFixture();
        await store.Journal.AppendAsync("c", new byte[] { 1 });
        var pages = await store.Database.WriteAsync(session => Scalar(session, "PRAGMA page_count;"));
        await store.Database.WriteAsync(session => Scalar(session, $"PRAGMA max_page_count = {pages + 2};"));
        await Assert.ThrowsAnyAsync<JournalException>(
            async () => await store.Journal.AppendAsync("c", new byte[1_000_000]));

        // The writer has opened the file anew, without the limit.
        Assert.True(await store.Journal.AppendAsync("c", new byte[] { 2 }) > 0);
        Assert.Equal(2, (await store.Journal.ReadAsync("c", 0)).Count);
    }

    [Fact]
    public async Task Dispose_WithWritesWaiting_WritesThem()
    {
        await using var store = new SqliteJournalFixture();
        var writes = Enumerable.Range(0, 500)
            .Select(customer => store.Journal.AppendAsync($"c{customer}", new byte[] { 1 }).AsTask())
            .ToList();
        await store.Reopen();
        await Task.WhenAll(writes);

        Assert.Single(await store.Journal.ReadAsync("c499", 0));
    }

    private static long Scalar(SqliteSession session, string text)
    {
        using var statement = session.Prepare(text);
        return statement.Step() ? statement.GetInt64(0) : 0;
    }
}
