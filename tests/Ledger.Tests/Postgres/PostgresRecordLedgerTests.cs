using Tally.Tests.Postgres;

namespace Tally.Ledger.Tests.Postgres;

/// <summary>The contract, kept by PostgreSQL.</summary>
public sealed class PostgresRecordLedgerTests(SharedPostgres postgres) : RecordLedgerTests(async () =>
    await PostgresLedgerFixture.Open(postgres))
{
    [Fact]
    public async Task Query_WhileSeveralProcessesWrite_NoPageLeavesALineOut()
    {
        await using var store = await PostgresLedgerFixture.Open(postgres);
        await using var other = store.Another();
        const int LinesEach = 60;
        var writing = Task.WhenAll(Enumerable.Range(0, 12).Select(async writer =>
        {
            for (var index = 0; index < LinesEach; index++)
            {
                var line = Lines.Sealed($"c{writer}", hour: index * 3_600);
                await (writer % 2 == 0 ? store.Ledger : other).AppendAsync([line]);
            }
        }));
        var (after, seen, isLast) = (0L, 0, false);
        while (true)
        {
            isLast |= writing.IsCompleted;
            var page = await store.Ledger.QueryAsync(Lines.All, after, 5);
            if (page.Count == 0 && isLast)
            {
                break;
            }

            seen += page.Count;
            after = page.Count == 0 ? after : page[^1].Sequence;
        }

        await writing;
        Assert.Equal(12 * LinesEach, seen);
    }

    [Fact]
    public async Task Append_SameLinesByTwoProcessesAtOnce_AreThereOnce()
    {
        await using var store = await PostgresLedgerFixture.Open(postgres);
        await using var other = store.Another();
        var lines = Enumerable.Range(0, 500).Select(index => Lines.Sealed($"c{index}")).ToList();
        await Task.WhenAll(
            store.Ledger.AppendAsync(lines), other.AppendAsync([.. lines.AsEnumerable().Reverse()]),
            store.Ledger.AppendAsync([.. lines.Take(10)]), other.AppendAsync([.. lines.TakeLast(10)]));

        var rows = await store.Ledger.QueryAsync(Lines.All, 0, 10_000);
        Assert.Equal(
            lines.Select(line => line.Customer.Customer).Order(),
            rows.Select(row => row.Line.Customer.Customer).Order());
    }

    [Fact]
    public async Task Append_OneThatTheDatabaseRefuses_DoesNotTakeTheOthersWithIt()
    {
        await using var store = await PostgresLedgerFixture.Open(postgres);
        Assert.Null(await store.TryExecute("ALTER TABLE ledger ADD CHECK (tenant <> 'refused')"));
        var appends = Enumerable.Range(0, 50).Select(index =>
            store.Ledger.AppendAsync([Lines.Sealed($"c{index}", tenant: index == 25 ? "refused" : "acme")])).ToList();
        await Task.WhenAll(appends).ContinueWith(_ => { }, TaskScheduler.Default);

        Assert.Equal([25], Enumerable.Range(0, 50).Where(index => appends[index].IsFaulted));
        Assert.Equal(49, (await store.Ledger.QueryAsync(Lines.All, 0, 100)).Count);
    }

    [Fact]
    public async Task Append_WhileItCloses_IsWrittenOrRefused()
    {
        await using var store = await PostgresLedgerFixture.Open(postgres);
        var other = store.Another();
        var append = other.AppendAsync([Lines.Sealed()]);
        await other.DisposeAsync();

        await append;
        Assert.Single(await store.Ledger.QueryAsync(Lines.All, 0, 10));
        await Assert.ThrowsAsync<Contracts.Ledger.LedgerUnavailableException>(
            () => other.AppendAsync([Lines.Sealed("d")]));
    }
}
