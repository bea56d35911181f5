using System.ComponentModel.DataAnnotations;
using Npgsql;
using Tally.Journal.Partitions;

namespace Tally.Journal.Postgres;

/// <summary>
/// The usage journal in a PostgreSQL database that several silos share. What all actors of a silo append while a
/// commit is under way goes into the next one, together, as a row for each partition.
/// </summary>
/// <remarks>
/// <para>To read is to find out what other silos have appended since; all who ask at a time do so in one round trip,
/// and when nothing is new that is all.</para>
/// <para>Entries that a snapshot covers may be missing from what is read, also where another silo has said so.</para>
/// </remarks>
public sealed class PostgresUsageJournal : IUsageJournal, IAsyncDisposable
{
    /// <summary>How many partitions there are. A storage format.</summary>
    internal const int Partitions = 64;

    private const int KeyBufferBytes = 384;

    private readonly PostgresJournalOptions _options;
    private readonly TimeProvider _clock;
    private readonly JournalStatements _statements;
    private readonly SharedTail[] _tails;
    private readonly TailReader _reader;
    private readonly SharedTrimming _trimming;
    private readonly JournalAppendPool _appends = new();
    private readonly CommitQueue _queue;
    private readonly Task _writing;

    /// <summary>Opens the journal. The schema must be there, as <c>deploy/postgres</c> has it.</summary>
    /// <param name="database">Where it is stored; not disposed of.</param>
    /// <param name="options">How it is kept.</param>
    /// <param name="clock">What time it is.</param>
    /// <exception cref="ValidationException">An option is out of its range.</exception>
    public PostgresUsageJournal(NpgsqlDataSource database, PostgresJournalOptions options, TimeProvider clock)
    {
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        (_options, _clock, _statements) = (options, clock, new(database));
        _tails = [.. Enumerable.Range(0, Partitions).Select(_ => new SharedTail(options.CacheBytesMax / Partitions))];
        _reader = new(_statements, _tails);
        _trimming = new(_statements, _reader, _tails, clock);
        _queue = new(new(options.QueueMax, options.QueueBytesMax), options.CommitBytesMax, new(0, Partitions));
        _writing = Task.Run(Write);
    }

    /// <summary>Is called before each commit; for tests.</summary>
    internal Action? BeforeCommit { get; set; }

    /// <summary>Is called after each commit, before anybody is told; for tests.</summary>
    internal Action? AfterCommit { get; set; }

    /// <summary>How often the database was asked; for tests.</summary>
    internal long RoundTrips => _statements.RoundTrips;

    /// <inheritdoc />
    public bool IsShared => true;

    /// <inheritdoc />
    public ValueTask<long> AppendAsync(
        string customerKey, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var customer = new CustomerAddress(customerKey, Partitions, stackalloc byte[KeyBufferBytes]);
        if (payload.IsEmpty)
        {
            throw new ArgumentException("An entry is not empty.", nameof(payload));
        }

        var append = _appends.Rent();
        var appended = append.Task;
        if (!_queue.TryAdd(customer, payload.Span, append))
        {
            _appends.Return(append);
            return ValueTask.FromException<long>(new JournalOverloadedException());
        }

        return cancellationToken.CanBeCanceled
            ? new(appended.AsTask().WaitAsync(cancellationToken))
            : appended;
    }

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<JournalEntry>> ReadAsync(
        string customerKey, long after, CancellationToken cancellationToken = default) =>
        await _reader.Read(customerKey, PartitionOf(customerKey), after).WaitAsync(cancellationToken);

    /// <inheritdoc />
    public ValueTask EnsureWholeAsync(string customerKey, CancellationToken cancellationToken = default) =>
        ValueTask.CompletedTask;

    /// <inheritdoc />
    public void Cover(string customerKey, long position) =>
        _tails[PartitionOf(customerKey)].Cover(customerKey, position);

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<string>> ListUncoveredAsync(
        DateTimeOffset writtenBefore, int countMax, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(countMax, 1);
        await _reader.TopUpAll().WaitAsync(cancellationToken);
        await _trimming.Tell().WaitAsync(cancellationToken);
        var firstLater = await _statements.FindFirstSince(writtenBefore).WaitAsync(cancellationToken);
        return
        [
            .. _tails.SelectMany(tail => tail.Uncovered(firstLater))
                .OrderBy(customer => customer.Row)
                .ThenBy(customer => customer.CustomerKey, StringComparer.Ordinal)
                .Take(countMax)
                .Select(customer => customer.CustomerKey),
        ];
    }

    /// <inheritdoc />
    public async ValueTask<int> TrimAsync(CancellationToken cancellationToken = default) =>
        await _trimming.Trim(_clock.GetUtcNow() - _options.Retention, cancellationToken);

    /// <summary>Writes what waits, and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Close();
        await _writing;
    }

    private static int PartitionOf(string customerKey) =>
        new CustomerAddress(customerKey, Partitions, stackalloc byte[KeyBufferBytes]).Partition;

    private static IEnumerable<NewRow> RowsOf(EntryBatch batch)
    {
        for (var partition = 0; partition < Partitions; partition++)
        {
            if (batch.Rows[partition].Count > 0)
            {
                yield return new(partition, RowKind.Entries, batch.Rows[partition].Memory);
            }
        }
    }

    private async Task Write()
    {
        while (await _queue.Take() is { } batch)
        {
            await Write(batch);
            _queue.Recycle(batch);
        }
    }

    private async Task Write(EntryBatch batch)
    {
        IReadOnlyDictionary<int, long> rows;
        try
        {
            BeforeCommit?.Invoke();
            rows = await _statements.Append([.. RowsOf(batch)], _clock.GetUtcNow());
            AfterCommit?.Invoke();
        }
        catch (Exception exception)
        {
            var failure = new JournalException($"Entries could not be written: {exception.Message}", exception);
            _queue.Release(batch);
            foreach (var slot in batch.Slots)
            {
                slot.Append.Fail(failure);
            }

            return;
        }

        Complete(batch, rows);
    }

    private void Complete(EntryBatch batch, IReadOnlyDictionary<int, long> rows)
    {
        foreach (var (partition, number) in rows)
        {
            _tails[partition].NoteOwn(number, batch.Rows[partition].Written);
        }

        _queue.Release(batch);
        foreach (var slot in batch.Slots)
        {
            slot.Append.Complete(JournalPosition.Of(rows[slot.Partition], slot.Ordinal));
        }
    }
}
