using Tally.Journal.Partitions;

namespace Tally.Journal.Postgres;

/// <summary>
/// Reads for many callers at once. The tails of all partitions that somebody asks for are topped up together, and so
/// are the rows fetched that are no longer in memory.
/// </summary>
internal sealed class TailReader
{
    private readonly JournalStatements _statements;
    private readonly IReadOnlyList<SharedTail> _tails;
    private readonly Gathering<TopUp> _topUps;
    private readonly Gathering<Fetch> _fetches;

    /// <summary>Makes it.</summary>
    /// <param name="statements">The database.</param>
    /// <param name="tails">The partitions.</param>
    public TailReader(JournalStatements statements, IReadOnlyList<SharedTail> tails)
    {
        (_statements, _tails) = (statements, tails);
        _topUps = new(Serve);
        _fetches = new(Serve);
    }

    /// <summary>Reads a customer's entries.</summary>
    /// <param name="customerKey">Whose.</param>
    /// <param name="partition">Its partition.</param>
    /// <param name="after">Only those of later positions.</param>
    /// <returns>Everything that was durable when it was asked for.</returns>
    /// <exception cref="JournalException">It can't be read.</exception>
    public async Task<List<JournalEntry>> Read(string customerKey, int partition, long after)
    {
        var topUp = new TopUp(partition);
        await _topUps.Join(topUp);
        ThrowIf(topUp.Failure);
        var (last, rows) = _tails[partition].Find(customerKey, after);
        var fetch = new Fetch(partition, customerKey, (after, last), rows);
        if (rows.Count > 0)
        {
            await _fetches.Join(fetch);
            ThrowIf(fetch.Failure);
        }

        return fetch.Entries;
    }

    /// <summary>Tops up every partition.</summary>
    /// <returns>Those that could be, and why others couldn't.</returns>
    public async Task<IReadOnlyList<TopUp>> TopUpAll()
    {
        var topUps = Enumerable.Range(0, _tails.Count).Select(partition => new TopUp(partition)).ToArray();
        await _topUps.Join(topUps);
        return topUps;
    }

    private static void ThrowIf(JournalException? failure)
    {
        if (failure is not null)
        {
            throw new JournalException(failure.Message, failure);
        }
    }

    private async Task Serve(IReadOnlyList<TopUp> wanted)
    {
        var partitions = wanted.Select(each => each.Partition).Distinct().Order().ToList();
        var failures = new Dictionary<int, JournalException>();
        var ends = await _statements.FindEnds(
            [.. partitions.Select(partition => (partition, _tails[partition].KnownTo))]);
        var (ranges, own) = (new List<(int Partition, long After, long Last)>(), new List<long>());
        foreach (var end in ends)
        {
            if (_tails[end.Partition].Begin(end) is { } known)
            {
                ranges.Add((end.Partition, _tails[end.Partition].KnownTo, end.Last));
                own.AddRange(known);
            }
        }

        if (ranges.Count > 0)
        {
            await _statements.Read(ranges, [.. own], row => Take(row, failures));
        }

        foreach (var end in ends.Where(end => !failures.ContainsKey(end.Partition)))
        {
            _tails[end.Partition].Finish(end);
        }

        foreach (var each in wanted)
        {
            each.Failure = failures.GetValueOrDefault(each.Partition);
        }
    }

    /// <summary>One partition's damage is no reason for the others to wait.</summary>
    private void Take(StoredRow row, Dictionary<int, JournalException> failures)
    {
        if (failures.ContainsKey(row.Partition))
        {
            return;
        }

        try
        {
            row.Check();
            _tails[row.Partition].Take(row.Number, row.Kind, row.Payload);
        }
        catch (JournalException exception)
        {
            failures.Add(row.Partition, exception);
        }
    }

    private async Task Serve(IReadOnlyList<Fetch> wanted)
    {
        var (round, missing) = (new FetchRound(wanted), new List<(int Partition, long Number)>());
        foreach (var (partition, number) in round.Rows)
        {
            if (_tails[partition].FindRow(number) is { } payload)
            {
                round.Take(partition, number, payload);
            }
            else
            {
                missing.Add((partition, number));
            }
        }

        if (missing.Count > 0)
        {
            await _statements.Read(missing, row => Take(row, round));
        }

        round.Finish();
    }

    private static void Take(StoredRow row, FetchRound round)
    {
        try
        {
            row.Check();
            round.Take(row.Partition, row.Number, row.Payload);
        }
        catch (JournalException exception)
        {
            round.Fail(row.Partition, row.Number, exception);
        }
    }
}
