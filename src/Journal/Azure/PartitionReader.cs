using System.Globalization;
using Tally.Journal.Partitions;

namespace Tally.Journal.Azure;

/// <summary>
/// Reads a partition for many callers at once: its tail is topped up with what was appended since, and rows are fetched
/// that are no longer in memory.
/// </summary>
internal sealed class PartitionReader
{
    // A request costs about as much time as some hundred KiB.
    private const int GapBytesMax = 256 * 1_024;
    private const int FetchBytesMax = 8 * 1_024 * 1_024;

    private readonly PartitionBlobs _blobs;
    private readonly SharedTail _tail;
    private readonly Gathering<TopUp> _topUps;
    private readonly Gathering<Fetch> _fetches;

    private readonly Lock _lock = new();
    private readonly SortedDictionary<long, BlobRow> _own = [];
    private Dictionary<long, BlobRow> _rows = [];
    private BlobPlace _next = BlobPlace.First;
    private (BlobPlace Place, JournalException Exception)? _damage;
    private bool _isBegun;

    /// <summary>Makes it.</summary>
    /// <param name="blobs">The partition's blobs.</param>
    /// <param name="cacheBytesMax">How many bytes of rows are kept.</param>
    public PartitionReader(PartitionBlobs blobs, long cacheBytesMax)
    {
        (_blobs, _tail) = (blobs, new(cacheBytesMax));
        _topUps = new(Serve);
        _fetches = new(Serve);
    }

    /// <summary>What the partition holds.</summary>
    public SharedTail Tail => _tail;

    /// <summary>Notes a row that this silo has appended.</summary>
    /// <param name="row">Where it is.</param>
    /// <param name="payload">What it holds.</param>
    public void NoteOwn(BlobRow row, ReadOnlySpan<byte> payload)
    {
        lock (_lock)
        {
            if (_tail.NoteOwn(row.Place.Row, payload))
            {
                _own.Add(row.Place.Row, row);
            }
        }
    }

    /// <summary>Reads a customer's entries.</summary>
    /// <param name="customerKey">Whose.</param>
    /// <param name="after">Only those of later positions.</param>
    /// <returns>Everything that was durable when it was asked for.</returns>
    public async Task<List<JournalEntry>> Read(string customerKey, long after)
    {
        await _topUps.Join(new TopUp(_blobs.Partition));
        var (last, rows) = _tail.Find(customerKey, after);
        var fetch = new Fetch(_blobs.Partition, customerKey, (after, last), rows);
        if (rows.Count > 0)
        {
            await _fetches.Join(fetch);
        }

        return fetch.Entries;
    }

    /// <summary>Tops up the partition.</summary>
    /// <returns>A task that completes when everything is known that was durable before.</returns>
    public Task TopUp() => _topUps.Join(new TopUp(_blobs.Partition));

    /// <summary>Lists customers with entries that no snapshot covers.</summary>
    /// <param name="writtenBefore">Only entries written before this moment count.</param>
    /// <returns>Customers, and when the first such entry of each was written.</returns>
    public List<(string CustomerKey, DateTimeOffset WrittenAt)> Uncovered(DateTimeOffset writtenBefore)
    {
        lock (_lock)
        {
            return [.. from customer in _tail.Uncovered(long.MaxValue)
                       let writtenAt = _rows[customer.Row].WrittenAt
                       where writtenAt < writtenBefore
                       select (customer.CustomerKey, writtenAt)];
        }
    }

    /// <summary>Finds from where recovery has to read, and forgets what is before.</summary>
    /// <returns>The place.</returns>
    public BlobPlace FindMark()
    {
        lock (_lock)
        {
            var first = _tail.FindMark() + 1;
            var place = _rows.TryGetValue(first, out var row) ? row.Place : _next;
            _rows = _rows.Where(pair => pair.Key >= first).ToDictionary();
            return place;
        }
    }

    private async Task Serve(IReadOnlyList<TopUp> wanted)
    {
        if (!_isBegun)
        {
            await SkipToMark();
            _isBegun = true;
        }

        while (await TopUpBlob())
        {
            // The next blob is looked at, too.
        }

        lock (_lock)
        {
            _tail.Finish(EndAt(_next));
        }
    }

    /// <summary>Reads what is new in the blob that was the last.</summary>
    /// <returns>Whether there may be another one.</returns>
    private async Task<bool> TopUpBlob()
    {
        lock (_lock)
        {
            TakeOwn();
        }

        var end = await _blobs.FindEnd(_next.Series);
        if (end is null)
        {
            // Not made yet, or deleted since all of it is covered.
            return await SkipToMark();
        }

        if (end.Length > _next.Offset)
        {
            await Read(end);
        }

        if (end.IsFinal)
        {
            lock (_lock)
            {
                _next = _next.NextBlob;
            }
        }

        return end.IsFinal;
    }

    private async Task<bool> SkipToMark()
    {
        if (await _blobs.FindMark() is not { } mark || mark.Row <= _next.Row)
        {
            return false;
        }

        lock (_lock)
        {
            _next = mark;
            _tail.Begin(EndAt(mark));
        }

        return true;
    }

    private async Task Read(BlobEnd end)
    {
        await using var stream = await _blobs.Read(_next.Series, _next.Offset, end.Length - _next.Offset);
        var header = new byte[Frame.HeaderBytes];
        while (_next.Offset < end.Length)
        {
            var length = end.Length - _next.Offset;
            if (end.Behind(_next.Offset) is { } behind)
            {
                await Pass(stream, behind - _next.Offset);
                continue;
            }

            await stream.ReadExactlyAsync(header.AsMemory(0, (int)Math.Min(length, header.Length)));
            if (length < header.Length || Frame.TryRead(header) is not { } frame || frame.Length > length)
            {
                throw await Damaged(_next, end.Length);
            }

            var bytes = new byte[frame.Length];
            header.CopyTo(bytes, 0);
            await stream.ReadExactlyAsync(bytes.AsMemory(header.Length));
            if (!frame.IsOf(_blobs.Partition, bytes))
            {
                throw await Damaged(_next, end.Length);
            }

            Take(frame, bytes[header.Length..]);
        }
    }

    private void Take(Frame frame, byte[] payload)
    {
        lock (_lock)
        {
            _tail.Take(_next.Row, frame.Kind, payload);
            if (frame.Kind == RowKind.Entries)
            {
                _rows[_next.Row] = new(_next, frame.Length, frame.WrittenAt);
            }

            _next = _next.Behind(frame.Length);
        }
    }

    private async Task Pass(Stream stream, long length)
    {
        var bytes = new byte[length];
        await stream.ReadExactlyAsync(bytes);
        lock (_lock)
        {
            _next = _next.Behind((int)length);
        }
    }

    private void TakeOwn()
    {
        while (_own.Count > 0 && _own.First() is var (number, row) && number <= _next.Row)
        {
            _own.Remove(number);
            if (row.Place == _next)
            {
                _rows[number] = row;
                _next = _next.Behind(row.Length);
            }
        }

        _tail.TakeOwnUpTo(_next.Row - 1);
    }

    private PartitionEnd EndAt(BlobPlace place) => new(_blobs.Partition, place.Row - 1, place.Row - 1, 0);

    /// <summary>Says what is wrong, where, and the way out.</summary>
    private async Task<JournalException> Damaged(BlobPlace place, long end)
    {
        if (_damage is { } known && known.Place == place)
        {
            return known.Exception;
        }

        var (name, from) = (_blobs.NameOf(place.Series), place.Offset);
        await using var stream = await _blobs.Read(place.Series, from, end - from);
        var bytes = new byte[end - from];
        await stream.ReadExactlyAsync(bytes);
        var to = from + 1 + Frame.Find(_blobs.Partition, bytes.AsSpan(1));
        var exception = new JournalException(string.Create(
            CultureInfo.InvariantCulture,
            $"The usage journal is damaged: blob {name}, block {place.Index}, offset {from}: the block is not one "
            + $"that was written. Restore the blob from a version or a backup. To go on without what the block held "
            + $"instead, which loses usage that was acknowledged: give the blob the metadata skip={from}-{to}"));
        _damage = (place, exception);
        return exception;
    }

    private async Task Serve(IReadOnlyList<Fetch> wanted)
    {
        var (round, missing) = (new FetchRound(wanted), new List<BlobRow>());
        foreach (var (partition, number) in round.Rows)
        {
            if (_tail.FindRow(number) is { } payload)
            {
                round.Take(partition, number, payload);
            }
            else if (Find(number) is { } row)
            {
                missing.Add(row);
            }
        }

        for (var first = 0; first < missing.Count;)
        {
            var count = CountAtOnce(missing, first);
            await Fetch(missing.GetRange(first, count), round);
            first += count;
        }

        round.Finish();
    }

    /// <summary>How many rows are better read with one request, those between them included.</summary>
    private static int CountAtOnce(List<BlobRow> rows, int first)
    {
        var (start, end, count) = (rows[first].Place, rows[first].Place.Offset + rows[first].Length, 1);
        while (first + count < rows.Count
            && rows[first + count].Place is var next
            && next.Series == start.Series
            && next.Offset - end <= GapBytesMax
            && next.Offset - start.Offset <= FetchBytesMax)
        {
            end = next.Offset + rows[first + count++].Length;
        }

        return count;
    }

    private async Task Fetch(List<BlobRow> rows, FetchRound round)
    {
        var (start, last) = (rows[0].Place, rows[^1]);
        var bytes = new byte[last.Place.Offset + last.Length - start.Offset];
        await using var stream = await _blobs.Read(start.Series, start.Offset, bytes.Length);
        await stream.ReadExactlyAsync(bytes);
        foreach (var row in rows)
        {
            var block = bytes.AsMemory((int)(row.Place.Offset - start.Offset), row.Length);
            if (Frame.TryRead(block.Span) is not { } frame || !frame.IsOf(_blobs.Partition, block.Span))
            {
                throw await Damaged(row.Place, row.Place.Offset + row.Length);
            }

            round.Take(_blobs.Partition, row.Place.Row, block.Span[Frame.HeaderBytes..]);
        }
    }

    private BlobRow? Find(long number)
    {
        lock (_lock)
        {
            return _rows.TryGetValue(number, out var row) ? row : null;
        }
    }
}
