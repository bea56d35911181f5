using Microsoft.Data.Sqlite;
using Tally.Journal.Sqlite;

namespace Tally.Journal.Tests.Sqlite;

/// <summary>What becomes of a database that something happens to: a clear word, and nothing lost in silence.</summary>
public sealed class DamageTests
{
    private const int Commits = 24;

    [Fact]
    public async Task Open_LogCutOffAnywhere_HasEveryCommitThatIsWhole()
    {
        await using var store = new SqliteJournalFixture();
        var ends = new List<long>();
        for (var commit = 0; commit < Commits; commit++)
        {
            await store.Journal.AppendAsync("c", Payload(commit));
            ends.Add(new FileInfo(store.Options.Path + "-wal").Length);
        }

        var (file, log) = (await Copy(store.Options.Path), await Copy(store.Options.Path + "-wal"));
        var cuts = ends.SelectMany(end => new[] { end - 1, end, end + 1 })
            .Concat(Enumerable.Range(0, 150).Select(_ => Random.Shared.NextInt64(log.Length)))
            .Where(cut => cut <= log.Length);
        foreach (var cut in cuts)
        {
            var found = await Read(file, log[..(int)cut]);
            var whole = Enumerable.Range(0, ends.Count(end => end <= cut));
            Assert.Equal(whole.Select(commit => Convert.ToHexString(Payload(commit))), found);
        }
    }

    [Fact]
    public async Task Open_FileCutOffAnywhere_SaysSo()
    {
        await using var store = new SqliteJournalFixture();
        for (var commit = 0; commit < Commits; commit++)
        {
            await store.Journal.AppendAsync("c", new byte[3_000 + commit]);
        }

        await store.Reopen();
        var file = await Copy(store.Options.Path);
        int[] edges = [0, 99, 16_384, file.Length - 16_384];
        foreach (var cut in Enumerable.Range(0, 100).Select(_ => Random.Shared.Next(file.Length)).Concat(edges))
        {
            var exception = await Assert.ThrowsAsync<JournalException>(() => Read(file[..cut], null));
            Assert.Contains("tally.db", exception.Message, StringComparison.Ordinal);
        }

        Assert.Equal(Commits, (await Read(file, null)).Count);
    }

    [Fact]
    public async Task Read_FlippedBitInARow_NamesTheRowAndOthersAreReadable()
    {
        await using var store = new SqliteJournalFixture();
        var position = await store.Journal.AppendAsync("c", Payload(1));
        await store.Journal.AppendAsync("other", Payload(2));
        var row = Partitions.JournalPosition.RowOf(position);
        var sound = await store.Database.ReadAsync(session => PayloadOf(session, row));
        for (var bit = 0; bit < sound.Length * 8; bit++)
        {
            var damaged = sound.ToArray();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            await store.Database.WriteAsync(session => Put(session, row, damaged));
            await store.Reopen();

            var exception =
                await Assert.ThrowsAsync<JournalException>(async () => await store.Journal.ReadAsync("c", 0));
            Assert.Contains($"tally.db, table journal, row {row}:", exception.Message, StringComparison.Ordinal);
            Assert.Contains($"DELETE FROM journal WHERE row = {row}", exception.Message, StringComparison.Ordinal);
        }

        Assert.Single(await store.Journal.ReadAsync("other", 0));
        await store.Database.WriteAsync(session => Put(session, row, sound));
        Assert.Single(await store.Journal.ReadAsync("c", 0));
    }

    [Fact]
    public async Task Read_SnapshotMissing_IsRefusedOnceEntriesWereTrimmed()
    {
        await using var store = new SqliteJournalFixture(options => options.Retention = TimeSpan.Zero);
        var position = await store.Journal.AppendAsync("c", Payload(1));
        await store.Journal.EnsureWholeAsync("c");
        Assert.Single(await store.Journal.ReadAsync("c", 0));
        store.Journal.Cover("c", position);
        store.Clock.Advance(TimeSpan.FromHours(1));
        await store.Journal.TrimAsync();
        await store.Reopen();

        var exception =
            await Assert.ThrowsAsync<JournalException>(async () => await store.Journal.EnsureWholeAsync("c"));
        Assert.Contains("snapshot of customer c is missing in ", exception.Message, StringComparison.Ordinal);
        Assert.Contains("tally.db", exception.Message, StringComparison.Ordinal);
        await store.Journal.EnsureWholeAsync("new");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Open_FileGoneThatWasUsed_IsNoFirstStart(bool isEmpty)
    {
        await using var store = new SqliteJournalFixture();
        await store.Journal.AppendAsync("c", Payload(1));
        await store.Database.DisposeAsync();
        var content = await File.ReadAllBytesAsync(store.Options.Path, TestContext.Current.CancellationToken);
        File.Delete(store.Options.Path);
        if (isEmpty)
        {
            await File.WriteAllBytesAsync(store.Options.Path, [], TestContext.Current.CancellationToken);
        }

        var exception = await Assert.ThrowsAsync<JournalException>(store.Reopen);
        Assert.Contains("gone or empty", exception.Message, StringComparison.Ordinal);
        Assert.Contains($"delete {store.Options.Path}.lock", exception.Message, StringComparison.Ordinal);

        await File.WriteAllBytesAsync(store.Options.Path, content, TestContext.Current.CancellationToken);
        await store.Reopen();
        Assert.Single(await store.Journal.ReadAsync("c", 0));
    }

    [Fact]
    public async Task Append_DiskFull_FailsUntilThereIsRoomAndKeepsWhatWasAcknowledged()
    {
        using var disk = new SmallDisk();
        await using var store = new SqliteJournalFixture(options => options.Path = disk.File("tally.db"));
        var filler = disk.File("filler");
        await File.WriteAllBytesAsync(filler, new byte[2 * 1_024 * 1_024], TestContext.Current.CancellationToken);
        var acknowledged = 0;
        JournalException? full = null;
        while (full is null)
        {
            try
            {
                await store.Journal.AppendAsync("c", new byte[50_000]);
                acknowledged++;
            }
            catch (JournalException exception)
            {
                full = exception;
            }
        }

        Assert.Contains($"{store.Options.Path}: the disk is full. Free space", full.Message, StringComparison.Ordinal);
        Assert.InRange(acknowledged, 1, 100);
        await Assert.ThrowsAsync<JournalException>(async () => await store.Journal.AppendAsync("c", new byte[50_000]));

        File.Delete(filler);
        await store.Journal.AppendAsync("c", new byte[50_000]);
        await store.Reopen();
        Assert.Equal(acknowledged + 1, (await store.Journal.ReadAsync("c", 0)).Count);
    }

    [Fact]
    public async Task Open_DiskReadOnly_SaysSoAndTheWayOut()
    {
        using var disk = new SmallDisk();
        await using var store = new SqliteJournalFixture(options => options.Path = disk.File("tally.db"));
        await store.Journal.AppendAsync("c", Payload(1));
        await store.Database.DisposeAsync();
        disk.MakeReadOnly(true);
        var exception = await Assert.ThrowsAsync<JournalException>(store.Reopen);
        Assert.Contains(store.Options.Path, exception.Message, StringComparison.Ordinal);
        Assert.Contains("Read-only", exception.Message, StringComparison.OrdinalIgnoreCase);

        disk.MakeReadOnly(false);
        await store.Reopen();
        Assert.Single(await store.Journal.ReadAsync("c", 0));
    }

    [Fact]
    public async Task Append_AnotherProgramHoldsTheFile_SaysSoAndGoesOnAfterwards()
    {
        await using var store =
            new SqliteJournalFixture(options => options.BusyTimeout = TimeSpan.FromMilliseconds(20));
        await using (var other = new SqliteConnection($"Data Source={store.Options.Path};Pooling=False"))
        {
            await other.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = other.CreateCommand();
            command.CommandText = "BEGIN IMMEDIATE";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            var exception = await Assert.ThrowsAsync<JournalException>(
                async () => await store.Journal.AppendAsync("c", Payload(1)));
            Assert.Contains("another program holds it", exception.Message, StringComparison.Ordinal);
        }

        await store.Journal.AppendAsync("c", Payload(1));
    }

    [Fact]
    public async Task Open_FileOfVersion1_IsReadAndBroughtUpToDate()
    {
        await using var store = new SqliteJournalFixture();
        await store.Journal.AppendAsync("c", Payload(1));
        await store.Database.WriteAsync(session =>
        {
            string[] back =
            [
                "ALTER TABLE journal DROP COLUMN checksum", "ALTER TABLE grain_state DROP COLUMN checksum",
                "DROP TABLE journal_trimmed", "UPDATE meta SET value = '1' WHERE name = 'schema'",
            ];
            Array.ForEach(back, session.Run);
            return true;
        });

        await store.Reopen();
        await store.Journal.AppendAsync("c", Payload(2));
        await store.Reopen();
        Assert.Equal(2, (await store.Journal.ReadAsync("c", 0)).Count);
    }

    private static byte[] Payload(int number) => [1, 2, 3, (byte)number];

    private static async Task<byte[]> Copy(string path)
    {
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        await stream.ReadExactlyAsync(bytes);
        return bytes;
    }

    private static byte[] PayloadOf(SqliteSession session, long row)
    {
        using var select = session.Prepare("SELECT payload FROM journal WHERE row = ?");
        Assert.True(select.Bind(1, row).Step());
        return select.GetBytes(0).ToArray();
    }

    private static int Put(SqliteSession session, long row, byte[] payload)
    {
        using var update = session.Prepare("UPDATE journal SET payload = ? WHERE row = ?");
        return update.Bind(1, payload).Bind(2, row).Run();
    }

    /// <summary>Opens a database of these bytes and reads the customer's entries.</summary>
    private static async Task<List<string>> Read(byte[] file, byte[]? log)
    {
        await using var store = new SqliteJournalFixture();
        await store.Database.DisposeAsync();
        await File.WriteAllBytesAsync(store.Options.Path, file);
        if (log is not null)
        {
            await File.WriteAllBytesAsync(store.Options.Path + "-wal", log);
        }

        await store.Reopen();
        var entries = await store.Journal.ReadAsync("c", 0);
        return [.. entries.Select(entry => Convert.ToHexString(entry.Payload.Span))];
    }
}
