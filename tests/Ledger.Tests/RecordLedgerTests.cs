using Tally.Contracts.Ledger;
using Tally.Domain.Ledger;

namespace Tally.Ledger.Tests;

/// <summary>What every record ledger must do, whatever it is stored in.</summary>
/// <param name="open">Opens an empty store.</param>
public abstract class RecordLedgerTests(Func<Task<ILedgerFixture>> open)
{
    [Fact]
    public async Task Append_EveryField_ComesBackAsItWas()
    {
        await using var store = await open();
        var plain = Lines.Sealed("Ünï 客户 💡");
        var full = plain with
        {
            Kind = LedgerKind.Quarantined,
            Id = "quarantined:1",
            Record = plain.Record with { Identity = new(null, "123456789012", "arn:aws:l"), Quantity = int.MaxValue },
            MeteringRecordId = "id",
            Code = "code",
            Message = "message, with \"quotes\"\nand lines",
            RequestId = "request",
            By = "ops",
            Reason = "",
        };
        await store.Ledger.AppendAsync([plain, full]);
        await store.Reopen();

        Assert.Equal([plain, full], (await All(store)).Select(row => row.Line));
    }

    [Fact]
    public async Task Append_SameLineAgain_IsLeftAsItWas()
    {
        await using var store = await open();
        var first = Lines.Sealed();
        await store.Ledger.AppendAsync([first, first with { Reason = "again" }]);
        await store.Ledger.AppendAsync([first with { Reason = "later" }, first.Then(LedgerKind.Parked, "parked:1")]);

        Assert.Equal([first, first.Then(LedgerKind.Parked, "parked:1")], (await All(store)).Select(row => row.Line));
    }

    [Fact]
    public async Task Append_Nothing_IsDone()
    {
        await using var store = await open();
        await store.Ledger.AppendAsync([]);

        Assert.Empty(await All(store));
    }

    [Fact]
    public async Task Query_ByEachField_FindsThatAlone()
    {
        await using var store = await open();
        var mine = Lines.Sealed();
        var delivered = mine.Then(LedgerKind.Delivered, "delivered:1", "receipt-1");
        LedgerLine[] others =
        [
            Lines.Sealed("d").Then(LedgerKind.Delivered, "delivered:1", "receipt-2"),
            Lines.Sealed(ordinal: 1),
            Lines.Sealed(hour: Lines.Hour + 3_600),
            Lines.Sealed(hour: Lines.Hour - 3_600),
        ];
        var foreign = Lines.Sealed(tenant: "other").Then(LedgerKind.Delivered, "delivered:1", "receipt-1");
        await store.Ledger.AppendAsync([mine, delivered, .. others, foreign]);

        Assert.Equal(6, (await All(store)).Count);
        await Finds(store, Lines.All with { Customer = "d" }, others[0]);
        await Finds(store, Lines.All with { Ordinal = 1 }, others[1]);
        await Finds(store, Lines.All with { FromSeconds = Lines.Hour + 1 }, others[2]);
        await Finds(store, Lines.All with { ToSeconds = Lines.Hour }, others[3]);
        await Finds(
            store, Lines.All with { FromSeconds = Lines.Hour, ToSeconds = Lines.Hour + 1, Customer = "c" },
            mine, delivered, others[1]);
        await Finds(
            store, Lines.All with { FromSeconds = Lines.Hour, ToSeconds = Lines.Hour + 1 },
            mine, delivered, others[0], others[1]);
        await Finds(store, Lines.All with { Kind = LedgerKind.Delivered }, delivered, others[0]);
        await Finds(store, Lines.All with { MeteringRecordId = "receipt-1" }, delivered);
        await Finds(store, Lines.All with { MeteringRecordId = "receipt-1", Customer = "d" });
        await Finds(store, new(new("other", "p")), foreign);
        await Finds(store, new(new("acme", "q")));
    }

    [Fact]
    public async Task Query_ByPages_GivesEachLineOnceInTheOrderOfWriting()
    {
        await using var store = await open();
        var lines = Enumerable.Range(0, 25)
            .Select(index => Lines.Sealed($"c{index % 5}", hour: index * 3_600)).ToList();
        foreach (var line in lines)
        {
            await store.Ledger.AppendAsync([line]);
        }

        var (after, seen) = (0L, new List<LedgerLine>());
        while (await store.Ledger.QueryAsync(Lines.All, after, 4) is { Count: > 0 } page)
        {
            Assert.True(page.Count <= 4);
            Assert.True(page[0].Sequence > after);
            seen.AddRange(page.Select(row => row.Line));
            after = page[^1].Sequence;
        }

        Assert.Equal(lines, seen);
    }

    [Fact]
    public async Task Query_OfALongHistory_FindsEachCustomerAndReceiptInAllOfIt()
    {
        await using var store = await open();
        const int Hours = 12;
        var customers = Enumerable.Range(0, 4_000).Select(index => $"c{index}").ToList();
        for (var hour = 0; hour < Hours; hour++)
        {
            var start = Lines.Hour + (hour * 3_600);
            await store.Ledger.AppendAsync(
            [
                .. customers.Select(customer => Lines.Sealed(customer, hour: start)),
                .. customers.Select(customer => Lines.Sealed(customer, hour: start)
                    .Then(LedgerKind.Delivered, "delivered:1", $"receipt-{customer}-{start}")),
            ]);
        }

        var rows = await store.Ledger.QueryAsync(Lines.All with { Customer = "c1234" }, 0, 100);
        Assert.Equal(2 * Hours, rows.Count);
        Assert.Equal(rows.OrderBy(row => row.Sequence), rows);
        Assert.All(rows, row => Assert.Equal("c1234", row.Line.Customer.Customer));
        foreach (var row in rows)
        {
            Assert.Equal(row.Line.MeteringRecordId is null ? [] : [row], row.Line.MeteringRecordId is { } receipt
                ? await store.Ledger.QueryAsync(Lines.All with { MeteringRecordId = receipt }, 0, 100)
                : []);
        }

        var page = await store.Ledger.QueryAsync(Lines.All with { Customer = "c1234" }, rows[2].Sequence, 5);
        Assert.Equal(rows.Skip(3).Take(5), page);
        await store.Reopen();
        await store.Ledger.AppendAsync([.. rows.Select(row => row.Line)]);
        Assert.Equal(rows, await store.Ledger.QueryAsync(Lines.All with { Customer = "c1234" }, 0, 100));
        Assert.Equal(
            2 * customers.Count,
            (await store.Ledger.QueryAsync(
                Lines.All with { FromSeconds = Lines.Hour, ToSeconds = Lines.Hour + 1 }, 0, 10_000)).Count);
    }

    [Fact]
    public async Task Query_WhileManyWrite_NoPageLeavesALineOut()
    {
        await using var store = await open();
        const int Writers = 8;
        const int LinesEach = 40;
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            for (var index = 0; index < LinesEach; index++)
            {
                await store.Ledger.AppendAsync([Lines.Sealed($"c{writer}", hour: index * 3_600)]);
            }
        }));
        var (after, seen) = (0L, new HashSet<(string, long)>());
        var isLast = false;
        while (true)
        {
            isLast |= writing.IsCompleted;
            var page = await store.Ledger.QueryAsync(Lines.All, after, 7);
            foreach (var row in page)
            {
                Assert.True(seen.Add((row.Line.Customer.Customer, row.Line.Record.Key.HourStartSeconds)));
                after = row.Sequence;
            }

            if (page.Count == 0 && isLast)
            {
                break;
            }
        }

        await writing;
        Assert.Equal(Writers * LinesEach, seen.Count);
    }

    [Theory]
    [InlineData("UPDATE ledger SET product = 'q'")]
    [InlineData("DELETE FROM ledger")]
    public async Task Database_ChangingALine_IsRefused(string sql)
    {
        await using var store = await open();
        await store.Ledger.AppendAsync([Lines.Sealed()]);
        var refusal = await store.TryExecute(sql);

        Assert.Contains("append-only", refusal, StringComparison.Ordinal);
        Assert.Equal(7, Assert.Single(await All(store)).Line.Record.Quantity);
    }

    [Fact]
    public async Task Store_Unreachable_SaysSoAndRecovers()
    {
        await using var store = await open();
        await store.Ledger.AppendAsync([Lines.Sealed()]);
        await store.SetReachable(false);
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => store.Ledger.AppendAsync([Lines.Sealed("d")]));
        await store.SetReachable(true);
        await store.Ledger.AppendAsync([Lines.Sealed("d"), Lines.Sealed("e")]);

        Assert.Equal(["c", "d", "e"], (await All(store)).Select(row => row.Line.Customer.Customer));
    }

    private static Task<IReadOnlyList<LedgerRow>> All(ILedgerFixture store) =>
        store.Ledger.QueryAsync(Lines.All, 0, 1_000);

    private static async Task Finds(ILedgerFixture store, LedgerFilter filter, params LedgerLine[] expected) =>
        Assert.Equal(expected, (await store.Ledger.QueryAsync(filter, 0, 100)).Select(row => row.Line));
}
