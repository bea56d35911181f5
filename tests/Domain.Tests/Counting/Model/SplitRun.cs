using Tally.Domain.Counting;
using Tally.Domain.Quantities;
using Tally.Domain.Sealing;

namespace Tally.Domain.Tests.Counting.Model;

/// <summary>Runs a history of two owners of one ledger against what the journal says.</summary>
internal sealed class SplitRun
{
    private static readonly RecordState[] Outcomes =
        [RecordState.Delivered, RecordState.Parked, RecordState.Quarantined, RecordState.Expired];

    private readonly SplitStore _store = new();
    private readonly SplitOwner[] _owners;
    private readonly Dictionary<int, TestEvent> _events = [];
    private readonly Dictionary<int, TestEvent> _stored = [];
    private readonly HashSet<int> _acknowledged = [];
    private readonly Queue<(TestEvent Event, byte[] Entry)> _underWay = [];
    private readonly Dictionary<RecordKey, UsageRecord> _frozen = [];
    private DateTimeOffset _now = TestBooks.Noon;

    private SplitRun() => _owners = [new(_store), new(_store)];

    /// <summary>Runs a history.</summary>
    public static void Of(SplitStep[] steps)
    {
        var run = new SplitRun();
        foreach (var step in steps)
        {
            run._now += step.Later;
            run.Do(step, run._owners[step.Side]);
        }

        run.End();
    }

    private void Do(SplitStep step, SplitOwner owner)
    {
        switch (step.Act)
        {
            case SplitAct.Post or SplitAct.PostAgain:
                Post(owner, EventOf(step.Pick), hangs: false);
                break;
            case SplitAct.PostAndHang:
                Post(owner, EventOf(step.Pick), hangs: true);
                break;
            case SplitAct.Land:
                Land();
                break;
            case SplitAct.Seal:
                Seal(owner);
                break;
            case SplitAct.Settle:
                Settle(owner, step.Pick);
                break;
            case SplitAct.Checkpoint:
                owner.Merge();
                owner.TrySnapshot();
                break;
            default:
                owner.Start();
                break;
        }
    }

    private void Post(SplitOwner owner, TestEvent sample, bool hangs)
    {
        var (statuses, entry) = owner.Ledger.Post(TestBooks.Rules, _now, sample);
        if (statuses[0] == CountStatus.Duplicate)
        {
            _acknowledged.Add(sample.Id);
        }

        if (entry.Length == 0)
        {
            return;
        }

        if (hangs)
        {
            _underWay.Enqueue((sample, entry));
            owner.Start();
            return;
        }

        owner.Append(entry);
        _stored[sample.Id] = sample;
        _acknowledged.Add(sample.Id);
    }

    private void Land()
    {
        if (_underWay.TryDequeue(out var landed))
        {
            _store.Append(landed.Entry);
            _stored[landed.Event.Id] = landed.Event;
        }
    }

    private void Seal(SplitOwner owner)
    {
        owner.Merge();
        if (!owner.Ledger.Seal(_now - TimeSpan.FromHours(1)) || owner.TrySnapshot())
        {
            Freeze(owner.Ledger);
        }
    }

    /// <summary>Everybody may see these records now: they have to be what anybody saw before.</summary>
    private void Freeze(CustomerLedger ledger)
    {
        var records = ledger.Records().Select(view => view.Record).ToList();
        Assert.Equal(records.Count, records.DistinctBy(record => record.Key).Count());
        foreach (var record in records)
        {
            _frozen.TryAdd(record.Key, record);
            Assert.Equal(_frozen[record.Key], record);
        }
    }

    private static void Settle(SplitOwner owner, int pick)
    {
        if (owner.Ledger.Records() is not { Count: > 0 } records)
        {
            return;
        }

        var key = records[pick % records.Count].Record.Key;
        var entry = owner.Ledger.Settle([key.To(Outcomes[pick % Outcomes.Length])]);
        if (entry.Length > 0)
        {
            owner.Append(entry);
        }
    }

    private void End()
    {
        while (_underWay.Count > 0)
        {
            Land();
        }

        var (last, twin) = (new SplitOwner(_store), new SplitOwner(_store));
        Assert.Equal(twin.Ledger.ToSnapshot(), last.Ledger.ToSnapshot());
        _now += TimeSpan.FromHours(3);
        Seal(last);
        Seal(last);
        Freeze(last.Ledger);
        Assert.Empty(last.Ledger.OpenUsage());
        Assert.True(_acknowledged.IsSubsetOf(_stored.Keys), "An acknowledged event is not in the journal.");
        var accepted = Quantity.Zero;
        foreach (var balance in last.Ledger.Balances().Values)
        {
            accepted += balance.Accepted;
            Assert.Equal(Quantity.Zero, balance.Difference);
        }

        Assert.Equal(_stored.Values.Sum(sample => sample.Micros), accepted.Micros);
    }

    /// <summary>The same under an id always; around the present, some a bit ahead.</summary>
    private TestEvent EventOf(int pick)
    {
        if (!_events.TryGetValue(pick, out var sample))
        {
            sample = new(pick, _now.AddMinutes(-(pick * 7 % 240)), ((pick % 5) + 1) * 700_000);
            _events.Add(pick, sample);
        }

        return sample;
    }
}
