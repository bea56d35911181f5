using System.Text;
using Npgsql;
using Tally.Journal.Postgres;
using Tally.Tests.Postgres;

namespace Tally.Journal.Tests.Postgres;

/// <summary>What a silo keeps of partitions that others append to, too.</summary>
public sealed class SharedTailTests(SharedPostgres postgres)
{
    [Fact]
    public async Task Read_TenThousandCustomersAfterRestart_TakesFewRoundTrips()
    {
        const int customers = 10_000;
        await using var store = (PostgresJournalFixture)await PostgresJournalFixture.Open(postgres);
        await Task.WhenAll(Enumerable.Range(0, customers).Select(
            customer => store.Journal.AppendAsync($"c{customer}", Bytes($"{customer}")).AsTask()));
        await using var restarted = store.Another();
        var entries = await Task.WhenAll(Enumerable.Range(0, customers).Select(
            customer => restarted.ReadAsync($"c{customer}", 0).AsTask()));

        Assert.Equal(
            Enumerable.Range(0, customers).Select(customer => $"{customer}"),
            entries.Select(each => Text(Assert.Single(each))));
        Assert.InRange(restarted.RoundTrips, 1, 24);

        var before = restarted.RoundTrips;
        var news = await Task.WhenAll(entries.Select(
            (each, customer) => restarted.ReadAsync($"c{customer}", each[0].Position).AsTask()));
        Assert.All(news, Assert.Empty);
        Assert.InRange(restarted.RoundTrips - before, 1, 24);
    }

    [Fact]
    public async Task Read_OneCustomerAfterTheOther_ReadsThePartitionOnce()
    {
        await using var store = (PostgresJournalFixture)await PostgresJournalFixture.Open(postgres);
        await Task.WhenAll(Enumerable.Range(0, 100).Select(
            customer => store.Journal.AppendAsync($"c{customer}", Bytes($"{customer}")).AsTask()));
        await using var restarted = store.Another();
        for (var customer = 0; customer < 100; customer++)
        {
            Assert.Equal($"{customer}", Text(Assert.Single(await restarted.ReadAsync($"c{customer}", 0))));
        }

        // One each to see whether there is something new, and one more for each partition's first reader.
        Assert.InRange(restarted.RoundTrips, 100, 100 + 64);
    }

    [Fact]
    public async Task Read_OwnAppends_AreInMemory()
    {
        await using var store = (PostgresJournalFixture)await PostgresJournalFixture.Open(postgres);
        await using var journal = store.Another();
        for (var entry = 0; entry < 20; entry++)
        {
            await journal.AppendAsync("c", Bytes($"{entry}"));
        }

        var before = journal.RoundTrips;
        Assert.Equal(20, (await journal.ReadAsync("c", 0)).Count);
        Assert.Equal(1, journal.RoundTrips - before);
    }

    [Fact]
    public async Task Read_MoreThanIsKept_IsFetchedForAllTogether()
    {
        await using var store = (PostgresJournalFixture)await PostgresJournalFixture.Open(postgres);
        await using var journal = store.Another(new() { CacheBytesMax = 16 * 1_024 * 1_024 });
        for (var entry = 0; entry < 8; entry++)
        {
            await Task.WhenAll(Enumerable.Range(0, 4).Select(
                customer => journal.AppendAsync($"c{customer}", Payload(customer, entry)).AsTask()));
        }

        var before = journal.RoundTrips;
        var read = await Task.WhenAll(Enumerable.Range(0, 4).Select(
            customer => journal.ReadAsync($"c{customer}", 0).AsTask()));

        Assert.All(read, (entries, customer) => Assert.Equal(
            Enumerable.Range(0, 8).Select(entry => Payload(customer, entry)),
            entries.Select(entry => entry.Payload.ToArray())));
        Assert.InRange(journal.RoundTrips - before, 3, 8);
    }

    [Fact]
    public async Task Read_FlippedBit_NamesTheRowAndHoldsUpNobodyElse()
    {
        await using var store = (PostgresJournalFixture)await PostgresJournalFixture.Open(postgres);
        await store.Journal.AppendAsync("damaged", Bytes("1"));
        await store.Journal.AppendAsync("whole", Bytes("2"));
        var (partition, number) = await FlipOldestBit(store.Database);
        await store.Reopen();

        var exception = await Assert.ThrowsAsync<JournalException>(
            async () => await store.Journal.ReadAsync("damaged", 0));
        Assert.Contains(
            $"table usage_journal, partition {partition}, row {number}", exception.Message, StringComparison.Ordinal);
        Assert.Equal("2", Text(Assert.Single(await store.Journal.ReadAsync("whole", 0))));
        Assert.Equal(["whole"], await store.Journal.ListUncoveredAsync(DateTimeOffset.MaxValue, 10));
        exception = await Assert.ThrowsAsync<JournalException>(async () => await store.Journal.TrimAsync());

        var wayOut = exception.Message[exception.Message.IndexOf("DELETE", StringComparison.Ordinal)..];
        await Run(store.Database, wayOut);
        Assert.Empty(await store.Journal.ReadAsync("damaged", 0));
        await store.Journal.AppendAsync("damaged", Bytes("3"));
        Assert.Equal("3", Text(Assert.Single(await store.Journal.ReadAsync("damaged", 0))));
    }

    [Fact]
    public async Task Trim_CoveredByAnotherSilo_IsDeletedAndForgottenHere()
    {
        await using var store = (PostgresJournalFixture)await PostgresJournalFixture.Open(postgres);
        await using var other = store.Another();
        var position = await other.AppendAsync("c", Bytes("1"));
        Assert.Single(await store.Journal.ReadAsync("c", 0));
        store.Clock.Advance(TimeSpan.FromDays(30));
        Assert.Equal(0, await store.Journal.TrimAsync());
        other.Cover("c", position);
        await other.ListUncoveredAsync(store.Clock.GetUtcNow(), 10);

        Assert.Empty(await store.Journal.ListUncoveredAsync(DateTimeOffset.MaxValue, 10));
        Assert.Equal(1, await store.Journal.TrimAsync());
        Assert.Empty(await other.ReadAsync("c", 0));
        var next = await other.AppendAsync("c", Bytes("2"));
        Assert.Equal(next, Assert.Single(await store.Journal.ReadAsync("c", position)).Position);
    }

    private static async Task<(int Partition, long Number)> FlipOldestBit(NpgsqlDataSource database)
    {
        await using var flip = database.CreateCommand(
            """
            UPDATE usage_journal SET payload = set_byte(payload, 9, get_byte(payload, 9) # 16)
            WHERE number = (SELECT min(number) FROM usage_journal) RETURNING partition, number
            """);
        await using var reader = await flip.ExecuteReaderAsync();
        Assert.True(await reader.ReadAsync());
        return (reader.GetInt32(0), reader.GetInt64(1));
    }

    private static async Task Run(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static byte[] Payload(int customer, int entry)
    {
        var payload = new byte[100_000];
        new Random((customer * 100) + entry).NextBytes(payload);
        return payload;
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(JournalEntry entry) => Encoding.UTF8.GetString(entry.Payload.Span);
}
