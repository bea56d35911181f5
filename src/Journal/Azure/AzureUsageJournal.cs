using System.ComponentModel.DataAnnotations;
using Azure;
using Azure.Storage.Blobs;
using Tally.Journal.Partitions;

namespace Tally.Journal.Azure;

/// <summary>
/// The usage journal in a container of Azure Storage that several silos share. Each partition is a series of append
/// blobs; what all actors of a silo append to a partition while a request is under way goes into the next one.
/// </summary>
/// <remarks>
/// <para>To read is to find out what other silos have appended since; all who ask for a partition at a time do so with
/// one request, and when nothing is new that is all.</para>
/// <para>Entries that a snapshot covers may be missing from what is read. A request that the client repeats, as its
/// answer was lost, may store its entries twice.</para>
/// </remarks>
public sealed class AzureUsageJournal : IUsageJournal, IAsyncDisposable
{
    /// <summary>How long an entry may be: what the service takes in one block, less what surrounds it.</summary>
    public const int EntryBytesMax = 99 * 1_024 * 1_024;

    private const int KeyBufferBytes = 384;

    private readonly AzureJournalOptions _options;
    private readonly TimeProvider _clock;
    private readonly AzureOpening _opening;
    private readonly AzurePartition[] _partitions;
    private readonly JournalAppendPool _appends = new();

    /// <summary>Opens the journal. Nothing is asked of the service before it is used.</summary>
    /// <param name="container">Where it is stored; made if it isn't there.</param>
    /// <param name="options">How it is kept.</param>
    /// <param name="clock">What time it is.</param>
    /// <exception cref="ValidationException">An option is out of its range.</exception>
    public AzureUsageJournal(BlobContainerClient container, AzureJournalOptions options, TimeProvider clock)
    {
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        (_options, _clock, _opening) = (options, clock, new(container, options, clock));
        var room = new QueueRoom(options.QueueMax, options.QueueBytesMax);
        _partitions =
        [
            .. Enumerable.Range(0, options.Partitions)
                .Select(number => new AzurePartition(_opening, number, room, Probe)),
        ];
    }

    /// <summary>For tests.</summary>
    internal CommitProbe Probe { get; } = new();

    /// <inheritdoc />
    public bool IsShared => true;

    /// <inheritdoc />
    public ValueTask<long> AppendAsync(
        string customerKey, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var customer = new CustomerAddress(customerKey, _partitions.Length, stackalloc byte[KeyBufferBytes]);
        if (payload.IsEmpty || payload.Length > EntryBytesMax)
        {
            throw new ArgumentException(
                $"An entry has 1 to {EntryBytesMax} bytes, this one {payload.Length}.", nameof(payload));
        }

        var append = _appends.Rent();
        var appended = append.Task;
        if (!_partitions[customer.Partition].TryAppend(customer, payload.Span, append))
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
        string customerKey, long after, CancellationToken cancellationToken = default)
    {
        var reader = PartitionOf(customerKey).Reader;
        return await Ask(() => reader.Read(customerKey, after)).WaitAsync(cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask EnsureWholeAsync(string customerKey, CancellationToken cancellationToken = default) =>
        ValueTask.CompletedTask;

    /// <inheritdoc />
    public void Cover(string customerKey, long position) => PartitionOf(customerKey).Reader.Tail.Cover(
        customerKey, position);

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<string>> ListUncoveredAsync(
        DateTimeOffset writtenBefore, int countMax, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(countMax, 1);
        await OnEach(
            async partition =>
            {
                await partition.Reader.TopUp();
                await partition.Tell();
                return 0;
            },
            throws: false).WaitAsync(cancellationToken);
        return
        [
            .. _partitions.SelectMany(partition => partition.Reader.Uncovered(writtenBefore))
                .OrderBy(customer => customer.WrittenAt)
                .ThenBy(customer => customer.CustomerKey, StringComparer.Ordinal)
                .Take(countMax)
                .Select(customer => customer.CustomerKey),
        ];
    }

    /// <inheritdoc />
    /// <remarks>What is deleted, and counted, are whole blobs.</remarks>
    public async ValueTask<int> TrimAsync(CancellationToken cancellationToken = default)
    {
        var writtenBefore = _clock.GetUtcNow() - _options.Retention;
        return await OnEach(partition => partition.Trim(writtenBefore), throws: true).WaitAsync(cancellationToken);
    }

    /// <summary>Writes what waits, and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_partitions.Select(partition => partition.Close()));
        _opening.Dispose();
    }

    private AzurePartition PartitionOf(string customerKey) => _partitions[
        new CustomerAddress(customerKey, _partitions.Length, stackalloc byte[KeyBufferBytes]).Partition];

    private async Task<T> Ask<T>(Func<Task<T>> question)
    {
        try
        {
            await _opening.Ensure();
            return await question();
        }
        catch (Exception exception) when (exception is
            RequestFailedException or AggregateException or IOException or OperationCanceledException)
        {
            throw new JournalException(
                $"The journal in Azure Storage does not answer: {exception.Message}", exception);
        }
    }

    /// <summary>One partition's failure is no reason for the others to wait.</summary>
    private async Task<int> OnEach(Func<AzurePartition, Task<int>> work, bool throws)
    {
        var all = Array.ConvertAll(_partitions, partition => Ask(() => work(partition)));
        Task done = Task.WhenAll(all);
        await done.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var failed = Array.Find(all, each => each.IsFaulted);
        return failed is not null && (throws || Array.TrueForAll(all, each => each.IsFaulted))
            ? await failed
            : all.Sum(each => each.IsCompletedSuccessfully ? each.Result : 0);
    }
}
