using System.ComponentModel.DataAnnotations;
using System.Text;
using Npgsql;

namespace Tally.Journal.Postgres;

/// <summary>
/// The usage journal in a PostgreSQL database that several silos share. What all actors of a silo append while a commit
/// is under way goes into the next one, together.
/// </summary>
public sealed class PostgresUsageJournal : IUsageJournal, IAsyncDisposable
{
    private const int Partitions = 64;
    private const int KeyBufferBytes = 384;

    private readonly NpgsqlDataSource _database;
    private readonly PostgresJournalOptions _options;
    private readonly TimeProvider _clock;
    private readonly JournalQueue _queue;
    private readonly Task _writing;

    private readonly Lock _covering = new();
    private Dictionary<string, long> _covers = new(StringComparer.Ordinal);

    /// <summary>Opens the journal. The schema must be there, as <c>deploy/postgres</c> has it.</summary>
    /// <param name="database">Where it is stored; not disposed of.</param>
    /// <param name="options">How it is kept.</param>
    /// <param name="clock">What time it is.</param>
    /// <exception cref="ValidationException">An option is out of its range.</exception>
    public PostgresUsageJournal(NpgsqlDataSource database, PostgresJournalOptions options, TimeProvider clock)
    {
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        (_database, _options, _clock, _queue) = (database, options, clock, new(options));
        _writing = Write();
    }

    /// <summary>Is called before each commit; for tests.</summary>
    internal Action? BeforeCommit { get; set; }

    /// <summary>Is called after each commit, before anybody is told; for tests.</summary>
    internal Action? AfterCommit { get; set; }

    /// <inheritdoc />
    public ValueTask<long> AppendAsync(
        string customerKey, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (payload.IsEmpty)
        {
            throw new ArgumentException("An entry is not empty.", nameof(payload));
        }

        var (customer, partition) = AddressOf(customerKey);
        var entry = new PendingEntry(customer, partition, payload);
        return _queue.TryAdd(entry)
            ? new(entry.Appended.Task.WaitAsync(cancellationToken))
            : ValueTask.FromException<long>(new JournalOverloadedException());
    }

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<JournalEntry>> ReadAsync(
        string customerKey, long after, CancellationToken cancellationToken = default)
    {
        Cover(customerKey, after);
        return await Ask(() => JournalStatements.Read(_database, AddressOf(customerKey), after, cancellationToken));
    }

    /// <inheritdoc />
    public void Cover(string customerKey, long position)
    {
        lock (_covering)
        {
            _covers[customerKey] = Math.Max(position, _covers.GetValueOrDefault(customerKey));
        }
    }

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<string>> ListUncoveredAsync(
        DateTimeOffset writtenBefore, int countMax, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(countMax, 1);
        await NoteCovers(cancellationToken);
        var customers = await Ask(() =>
            JournalStatements.ListUncovered(_database, writtenBefore, countMax, cancellationToken));
        return [.. customers.Select(Encoding.UTF8.GetString)];
    }

    /// <inheritdoc />
    public async ValueTask<int> TrimAsync(CancellationToken cancellationToken = default)
    {
        await NoteCovers(cancellationToken);
        var writtenBefore = _clock.GetUtcNow() - _options.Retention;
        return await Ask(() => JournalStatements.Trim(_database, writtenBefore, cancellationToken));
    }

    /// <summary>Writes what waits, and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Close();
        await _writing;
    }

    private static (byte[] Customer, int Partition) AddressOf(string customerKey)
    {
        var address = new CustomerAddress(customerKey, Partitions, stackalloc byte[KeyBufferBytes]);
        return (address.Utf8.ToArray(), address.Partition);
    }

    private static async Task<T> Ask<T>(Func<Task<T>> question)
    {
        try
        {
            return await question();
        }
        catch (NpgsqlException exception)
        {
            throw new JournalException($"The journal in PostgreSQL does not answer: {exception.Message}", exception);
        }
    }

    private async Task Write()
    {
        while (await _queue.WaitForEntries())
        {
            var entries = _queue.Take();
            await Write(entries);
            _queue.Release(entries);
        }
    }

    private async Task Write(List<PendingEntry> entries)
    {
        try
        {
            BeforeCommit?.Invoke();
            var positions = await JournalStatements.Append(_database, entries, _clock.GetUtcNow());
            AfterCommit?.Invoke();
            for (var index = 0; index < entries.Count; index++)
            {
                entries[index].Appended.SetResult(positions[index]);
            }
        }
        catch (Exception exception)
        {
            var failure = new JournalException($"Entries could not be written: {exception.Message}", exception);
            entries.ForEach(entry => entry.Appended.TrySetException(failure));
        }
    }

    /// <summary>What snapshots cover is noted when somebody asks for it, not at each snapshot.</summary>
    private async Task NoteCovers(CancellationToken cancellationToken)
    {
        Dictionary<string, long> covers;
        lock (_covering)
        {
            (covers, _covers) = (_covers, new(StringComparer.Ordinal));
        }

        if (covers.Count == 0)
        {
            return;
        }

        try
        {
            await Ask(async () =>
            {
                await JournalStatements.Note(
                    _database,
                    [.. covers.Select(cover => (AddressOf(cover.Key).Customer, cover.Value))],
                    cancellationToken);
                return true;
            });
        }
        catch (Exception)
        {
            foreach (var (customer, position) in covers)
            {
                Cover(customer, position);
            }

            throw;
        }
    }
}
