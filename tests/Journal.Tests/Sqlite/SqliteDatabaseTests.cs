using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
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
        var committing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        store.Database.Writer.BeforeCommit = () =>
        {
            committing.TrySetResult();
            hold.Wait();
        };
        var first = store.Journal.AppendAsync("first", new byte[] { 1 }).AsTask();
        await committing.Task;

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
    public async Task Write_RefusalAfterAStatement_TakesBackWhatItWrote()
    {
        await using var store = new SqliteJournalFixture();
        using var hold = new ManualResetEventSlim();
        store.Database.Writer.BeforeCommit = hold.Wait;
        var held = store.Journal.AppendAsync("held", new byte[] { 1 }).AsTask();
        while (store.Database.Queue.Waiting > 0)
        {
            await Task.Yield();
        }

        var before = store.Database.WriteAsync(session => Mark(session, "before"));
        var thrown = store.Database.WriteAsync<int>(session =>
            Mark(session, "thrown") > 0 ? throw new InvalidOperationException("no") : 0);
        var constraint = store.Database.WriteAsync(session => Mark(session, "constraint") + Mark(session, "before"));
        var after = store.Database.WriteAsync(session => Mark(session, "after"));
        store.Database.Writer.BeforeCommit = null;
        hold.Set();

        await Assert.ThrowsAsync<InvalidOperationException>(() => thrown);
        await Assert.ThrowsAsync<SqliteException>(() => constraint);
        await Task.WhenAll(held, before, after);
        Assert.Equal(2, await store.Database.ReadAsync(session => Scalar(
            session, "SELECT COUNT(*) FROM meta WHERE name IN ('before', 'thrown', 'constraint', 'after')")));
    }

    [Fact]
    public async Task Append_TooManyBytesWaiting_IsRefusedUntilTheyAreWritten()
    {
        await using var store = new SqliteJournalFixture(options =>
            (options.QueueBytesMax, options.CommitBytesMax) = (1_024 * 1_024, 64 * 1_024));
        using var hold = new ManualResetEventSlim();
        store.Database.Writer.BeforeCommit = hold.Wait;
        var appends = Enumerable.Range(0, 20)
            .Select(customer => store.Journal.AppendAsync($"c{customer}", new byte[100_000]).AsTask())
            .ToList();
        store.Database.Writer.BeforeCommit = null;
        hold.Set();
        var results = await Task.WhenAll(appends.Select(append => append.ContinueWith(
            done => done.Exception?.InnerException, TaskScheduler.Default)));

        Assert.Equal(10, results.Count(result => result is null));
        Assert.Equal(10, results.Count(result => result is JournalOverloadedException));
        await store.Journal.AppendAsync("c", new byte[900_000]);
    }

    [Fact]
    public async Task Append_Failing_GivesItsRoomBack()
    {
        await using var store = new SqliteJournalFixture(options => options.QueueMax = 100);
        store.Fail(WriteFault.NotStored);
        for (var attempt = 0; attempt < 3; attempt++)
        {
            var appends = Enumerable.Range(0, 60).Select(customer => Assert.ThrowsAsync<JournalException>(
                async () => await store.Journal.AppendAsync($"c{customer}", new byte[] { 1 })));
            await Task.WhenAll(appends);
        }

        store.Fail(WriteFault.None);
        await store.Journal.AppendAsync("c", new byte[] { 1 });
    }

    [Fact]
    public async Task Write_AnotherProgramHoldsTheFile_FailsAndRecoversWhenItLetsGo()
    {
        await using var store = new SqliteJournalFixture(options => options.BusyTimeout = TimeSpan.Zero);
        await store.Journal.AppendAsync("c", new byte[] { 1 });
        await using (var other = new SqliteConnection($"Data Source={store.Options.Path};Pooling=False"))
        {
            await other.OpenAsync();
            await using var transaction = other.BeginTransaction(deferred: false);
            for (var attempt = 0; attempt < 3; attempt++)
            {
                await Assert.ThrowsAsync<JournalException>(
                    async () => await store.Journal.AppendAsync("c", new byte[] { 2 }));
                Assert.Single(await store.Journal.ReadAsync("c", 0));
            }
        }

        await store.Journal.AppendAsync("c", new byte[] { 3 });
        Assert.Equal(2, (await store.Journal.ReadAsync("c", 0)).Count);
    }

    [Fact]
    public async Task Open_AlreadyInUse_IsRefused()
    {
        await using var store = new SqliteJournalFixture();
        var exception = Assert.Throws<JournalException>(
            () => new SqliteDatabase(store.Options, store.Clock, NullLogger<SqliteDatabase>.Instance));
        Assert.Contains("another process", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_FileOfALaterVersion_IsRefused()
    {
        await using var store = new SqliteJournalFixture();
        await store.Database.WriteAsync(session => Scalar(
            session, "UPDATE meta SET value = '3' WHERE name = 'schema'"));
        var exception = await Assert.ThrowsAsync<JournalException>(store.Reopen);

        Assert.Contains("version 3", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_NoDatabaseFile_IsRefused()
    {
        await using var store = new SqliteJournalFixture();
        await store.Database.DisposeAsync();
        await File.WriteAllTextAsync(store.Options.Path, new string('x', 100_000));
        await Assert.ThrowsAsync<JournalException>(store.Reopen);
    }

    [Fact]
    public async Task Append_MuchMoreThanACheckpoint_KeepsTheLogShort()
    {
        await using var store = new SqliteJournalFixture(options => options.CheckpointBytes = 1_024 * 1_024);
        for (var append = 0; append < 400; append++)
        {
            await store.Journal.AppendAsync("c", new byte[100_000]);
        }

        Assert.InRange(new FileInfo(store.Options.Path + "-wal").Length, 1, 20_000_000);
        Assert.InRange(new FileInfo(store.Options.Path).Length, 20_000_000, 60_000_000);
    }

    [Fact]
    public async Task Trim_AgainAndAgain_UsesTheSpaceAgain()
    {
        await using var store = new SqliteJournalFixture();
        var lengths = new List<long>();
        for (var round = 0; round < 20; round++)
        {
            for (var append = 0; append < 20; append++)
            {
                store.Journal.Cover("c", await store.Journal.AppendAsync("c", new byte[50_000]));
            }

            await store.Journal.ReadAsync("c", long.MaxValue - 1);
            store.Clock.Advance(TimeSpan.FromDays(5));
            Assert.Equal(20, await store.Journal.TrimAsync());
            lengths.Add(await store.Database.ReadAsync(session => Scalar(session, "PRAGMA page_count")));
        }

        Assert.Equal(lengths[3], lengths[^1]);
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

    private static int Mark(SqliteSession session, string name)
    {
        using var insert = session.Prepare("INSERT INTO meta (name, value) VALUES (?, '')");
        return insert.Bind(1, name).Run();
    }

    private static long Scalar(SqliteSession session, string text)
    {
        using var statement = session.Prepare(text);
        return statement.Step() ? statement.GetInt64(0) : 0;
    }
}
