using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Tally.Journal.Azure;

namespace Tally.Bench.AzureStorage;

/// <summary>Measures Azure Storage, in append blobs and in tables, and what the journal makes of it.</summary>
internal static class AzureJournalBenchmark
{
    private const int Partitions = 8;
    private const int EntryBytes = 250;

    private static readonly int[] RowSizes = [4 * 1_024, 64 * 1_024, 512 * 1_024];

    /// <summary>Runs it and prints what was found.</summary>
    public static async Task Run(IngestOptions options, TimeProvider time)
    {
        var account = Environment.GetEnvironmentVariable("AZURE_STORAGE_CONNECTION_STRING")
            ?? "UseDevelopmentStorage=true";
        for (var round = 0; round < options.Rounds; round++)
        {
            foreach (var size in RowSizes)
            {
                await Rows(account, size, options, time);
            }

            await Entries(account, options, time);
        }
    }

    private static async Task Rows(string account, int size, IngestOptions options, TimeProvider time)
    {
        var name = $"bench{Guid.NewGuid():N}";
        var container = new BlobContainerClient(account, name);
        var table = new TableClient(account, name);
        await container.CreateAsync();
        await table.CreateAsync();
        try
        {
            await Rows(new BlobRows(container), size, options, time);
            await Rows(new TableRows(table), size, options, time);
        }
        finally
        {
            await container.DeleteAsync();
            await table.DeleteAsync();
        }
    }

    /// <summary>Each partition appends one row after the other, as the journal does.</summary>
    private static async Task Rows(IRowStore store, int size, IngestOptions options, TimeProvider time)
    {
        var row = new byte[size];
        new Random(1).NextBytes(row);
        var times = new List<double>();
        var start = time.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Partitions).Select(async partition =>
        {
            await store.Open(partition);
            while (time.GetElapsedTime(start).TotalSeconds < options.Seconds)
            {
                var before = time.GetTimestamp();
                await store.Append(partition, row);
                lock (times)
                {
                    times.Add(time.GetElapsedTime(before).TotalMilliseconds);
                }
            }
        }));
        var seconds = time.GetElapsedTime(start).TotalSeconds;
        times.Sort();
        var reading = time.GetTimestamp();
        var bytes = 0L;
        for (var partition = 0; partition < Partitions; partition++)
        {
            bytes += await store.Read(partition);
        }

        var read = time.GetElapsedTime(reading).TotalSeconds;
        Console.WriteLine($"{store.Name}, rows of {size / 1_024} KiB: {times.Count / seconds:N0} rows/s, "
            + $"p50 {times[times.Count / 2]:N1} ms, p99 {times[times.Count * 99 / 100]:N1} ms, "
            + $"{bytes / seconds / 1e6:N1} MB/s written, {bytes / read / 1e6:N1} MB/s read");
    }

    private static async Task Entries(string account, IngestOptions options, TimeProvider time)
    {
        var container = new BlobContainerClient(account, $"bench{Guid.NewGuid():N}");
        await using var journal = new AzureUsageJournal(container, new() { Partitions = Partitions }, time);
        var payload = new byte[EntryBytes];
        var times = new List<double>();
        var start = time.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, options.Customers).Select(async customer =>
        {
            while (time.GetElapsedTime(start).TotalSeconds < options.Seconds)
            {
                var before = time.GetTimestamp();
                await journal.AppendAsync($"tenant|product|customer-{customer}", payload);
                lock (times)
                {
                    times.Add(time.GetElapsedTime(before).TotalMilliseconds);
                }
            }
        }));
        var seconds = time.GetElapsedTime(start).TotalSeconds;
        times.Sort();
        await using var restarted = new AzureUsageJournal(container, new() { Partitions = Partitions }, time);
        var reading = time.GetTimestamp();
        var read = await Task.WhenAll(Enumerable.Range(0, options.Customers).Select(
            customer => restarted.ReadAsync($"tenant|product|customer-{customer}", 0).AsTask()));
        Console.WriteLine($"the journal, {options.Customers:N0} customers: {times.Count / seconds:N0} entries/s, "
            + $"p50 {times[times.Count / 2]:N0} ms, p99 {times[times.Count * 99 / 100]:N0} ms; "
            + $"recovery of {read.Sum(each => each.Count):N0} entries took "
            + $"{time.GetElapsedTime(reading).TotalSeconds:N1} s");
        await container.DeleteAsync();
    }
}
