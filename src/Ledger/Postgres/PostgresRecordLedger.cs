using System.Threading.Channels;
using Npgsql;
using Tally.Contracts.Ledger;
using Tally.Domain.Ledger;
using Tally.Ledger.Segments;

namespace Tally.Ledger.Postgres;

/// <summary>
/// The ledger in a PostgreSQL database that several processes share. What many actors append while a commit is under
/// way goes into the next one, together.
/// </summary>
public sealed class PostgresRecordLedger : IRecordLedger, IAsyncDisposable
{
    private const int CommitLinesMax = 5_000;

    private readonly NpgsqlDataSource _database;
    private readonly PostgresSegments _segments;
    private readonly int _linesMax;
    private readonly Channel<PendingAppend> _queue = Channel.CreateUnbounded<PendingAppend>(
        new() { SingleReader = true });

    private readonly CancellationTokenSource _closing = new();
    private readonly Task _writing;
    private int _linesWaiting;

    /// <summary>Opens the ledger. The schema must be there, as <c>deploy/postgres</c> has it.</summary>
    /// <param name="database">Where it is stored; not disposed of.</param>
    /// <param name="linesMax">How many lines may wait before more are refused, from 5,000.</param>
    public PostgresRecordLedger(NpgsqlDataSource database, int linesMax = 100_000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(linesMax, CommitLinesMax);
        (_database, _segments, _linesMax) = (database, new(database), linesMax);
        _writing = Write();
    }

    /// <inheritdoc />
    public Task AppendAsync(IReadOnlyList<LedgerLine> lines, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lines);
        if (lines.Count == 0)
        {
            return Task.CompletedTask;
        }

        // One that is alone may be larger than the bound; it would never get in else.
        if (Interlocked.Add(ref _linesWaiting, lines.Count) is var waiting
            && waiting > _linesMax && waiting > lines.Count)
        {
            Interlocked.Add(ref _linesWaiting, -lines.Count);
            return Task.FromException(new LedgerUnavailableException("Too many lines wait to be written."));
        }

        var append = new PendingAppend(lines);
        if (!_queue.Writer.TryWrite(append))
        {
            Interlocked.Add(ref _linesWaiting, -lines.Count);
            return Task.FromException(new LedgerUnavailableException("The ledger is closing."));
        }

        return append.Done.Task.WaitAsync(cancellationToken);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<LedgerRow>> QueryAsync(
        LedgerFilter filter, long after, int countMax, CancellationToken cancellationToken = default)
    {
        try
        {
            var lines = new SegmentLines(filter, after, countMax);
            await new PostgresLedgerQuery(_database, filter, lines).Run(cancellationToken);
            return lines.Rows;
        }
        catch (NpgsqlException exception)
        {
            throw new LedgerUnavailableException($"Lines could not be read: {exception.Message}", exception);
        }
    }

    /// <summary>Writes what waits, and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _writing;
        _closing.Dispose();
    }

    private async Task Write()
    {
        var batch = new List<PendingAppend>();
        while (await _queue.Reader.WaitToReadAsync(_closing.Token))
        {
            batch.Clear();
            var lines = 0;
            while (lines < CommitLinesMax && _queue.Reader.TryRead(out var append))
            {
                batch.Add(append);
                lines += append.Lines.Count;
            }

            await Write(batch);
            Interlocked.Add(ref _linesWaiting, -lines);
            batch.ForEach(append => append.Answer());
        }
    }

    private async Task Write(List<PendingAppend> batch)
    {
        try
        {
            await _segments.Write([.. batch.SelectMany(append => append.Lines)], _closing.Token);
        }
        catch (PostgresException exception) when (batch.Count > 1 && !exception.IsTransient)
        {
            // One that the database refuses must not take the others with it.
            foreach (var append in batch)
            {
                await Write([append]);
            }
        }
        catch (Exception exception)
        {
            batch.ForEach(append => append.Failure = new LedgerUnavailableException(
                $"Lines could not be written: {exception.Message}", exception));
        }
    }

    /// <summary>Lines that wait for a commit.</summary>
    /// <param name="lines">The lines.</param>
    private sealed class PendingAppend(IReadOnlyList<LedgerLine> lines)
    {
        public IReadOnlyList<LedgerLine> Lines => lines;

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Exception? Failure { get; set; }

        public void Answer()
        {
            if (Failure is { } failure)
            {
                Done.SetException(failure);
            }
            else
            {
                Done.SetResult();
            }
        }
    }
}
