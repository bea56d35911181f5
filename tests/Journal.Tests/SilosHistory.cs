using System.Text;
using CsCheck;

namespace Tally.Journal.Tests;

/// <summary>
/// Two silos on one store, each with what it remembers, against a list that remembers everything.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="open">Opens a silo's journal on it.</param>
internal sealed class SilosHistory(IJournalFixture store, Func<IJournalFixture, IUsageJournal> open) : IAsyncDisposable
{
    private readonly IUsageJournal[] _silos = [open(store), open(store)];
    private readonly Dictionary<string, List<(long Position, string Text)>> _model = [];
    private readonly Dictionary<string, long> _covered = [];
    private int _next;

    private enum Act
    {
        Append,
        AppendMany,
        Read,
        ReadOn,
        Cover,
        List,
        Trim,
        Restart,
    }

    /// <summary>Tries many histories.</summary>
    /// <param name="openStore">Opens an empty store.</param>
    /// <param name="openSilo">Opens a silo's journal on it.</param>
    public static Task Check(Func<Task<IJournalFixture>> openStore, Func<IJournalFixture, IUsageJournal> openSilo)
    {
        var act = Gen.Frequency(
            (6, Gen.Const(Act.Append)), (3, Gen.Const(Act.AppendMany)), (6, Gen.Const(Act.Read)),
            (6, Gen.Const(Act.ReadOn)), (2, Gen.Const(Act.Cover)), (1, Gen.Const(Act.List)),
            (1, Gen.Const(Act.Trim)), (1, Gen.Const(Act.Restart)));
        var step = Gen.Select(act, Gen.Int[0, 1], Gen.Int[0, 3]);
        return step.Array[1, 60].SampleAsync(
            async steps =>
            {
                await using var store = await openStore();
                await using var history = new SilosHistory(store, openSilo);
                foreach (var (kind, silo, customer) in steps)
                {
                    await history.Do(kind, silo, $"c{customer}");
                }

                await history.Check();
            },
            iter: 60,
            threads: 1,
            print: steps => string.Join("; ", steps.Select(each => $"{each}")));
    }

    private async Task Do(Act act, int silo, string customer)
    {
        var journal = _silos[silo];
        var entries = _model.TryGetValue(customer, out var known) ? known : _model[customer] = [];
        switch (act)
        {
            case Act.Append:
                await Append(journal, customer);
                break;
            case Act.AppendMany:
                await Task.WhenAll(Enumerable.Range(0, 4).Select(each => Append(journal, $"c{each}")));
                break;
            case Act.Read:
                await Check(journal, customer, _covered.GetValueOrDefault(customer));
                break;
            case Act.ReadOn when entries.Count > 0:
                await Check(journal, customer, entries[entries.Count / 2].Position);
                break;
            case Act.Cover when entries.Count > 0:
                _covered[customer] = entries[entries.Count / 2].Position;
                entries.RemoveAll(entry => entry.Position <= _covered[customer]);
                journal.Cover(customer, _covered[customer]);
                break;
            case Act.List:
                var listed = await journal.ListUncoveredAsync(DateTimeOffset.MaxValue, 10);
                Assert.Empty(_model.Where(pair => pair.Value.Count > 0).Select(pair => pair.Key).Except(listed));
                break;
            case Act.Trim:
                store.Clock.Advance(TimeSpan.FromDays(10));
                await journal.TrimAsync();
                break;
            case Act.Restart:
                await ((IAsyncDisposable)journal).DisposeAsync();
                _silos[silo] = open(store);
                break;
            default:
                break;
        }
    }

    private async Task Check()
    {
        foreach (var journal in _silos)
        {
            await Task.WhenAll(_model.Keys.Select(
                customer => Check(journal, customer, _covered.GetValueOrDefault(customer))));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var journal in _silos)
        {
            await ((IAsyncDisposable)journal).DisposeAsync();
        }
    }

    private async Task Append(IUsageJournal journal, string customer)
    {
        var text = $"{Interlocked.Increment(ref _next)}";
        var position = await journal.AppendAsync(customer, Encoding.UTF8.GetBytes(text));
        var entries = _model.TryGetValue(customer, out var known) ? known : _model[customer] = [];
        entries.Add((position, text));
    }

    private async Task Check(IUsageJournal journal, string customer, long after) => Assert.Equal(
        _model[customer].Where(entry => entry.Position > after),
        from entry in await journal.ReadAsync(customer, after)
        select (entry.Position, Encoding.UTF8.GetString(entry.Payload.Span)));
}
