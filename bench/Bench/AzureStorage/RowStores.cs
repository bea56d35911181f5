using System.Globalization;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;

namespace Tally.Bench.AzureStorage;

/// <summary>Where a partition's rows could be kept.</summary>
internal interface IRowStore
{
    /// <summary>What it is called.</summary>
    string Name { get; }

    /// <summary>Makes what a partition needs.</summary>
    Task Open(int partition);

    /// <summary>Stores a row behind the others of its partition, in one commit.</summary>
    Task Append(int partition, byte[] row);

    /// <summary>Reads all rows of a partition.</summary>
    /// <returns>How many bytes there were.</returns>
    Task<long> Read(int partition);
}

/// <summary>Append blobs: a block a row.</summary>
internal sealed class BlobRows(BlobContainerClient container) : IRowStore
{
    public string Name => "append blobs";

    public Task Open(int partition) => Blob(partition).CreateAsync();

    public Task Append(int partition, byte[] row) => Blob(partition).AppendBlockAsync(new MemoryStream(row));

    public async Task<long> Read(int partition)
    {
        var answer = await Blob(partition).DownloadStreamingAsync();
        await using var content = answer.Value.Content;
        var (buffer, length) = (new byte[1 << 20], 0L);
        for (var some = -1; some != 0; length += some)
        {
            some = await content.ReadAsync(buffer);
        }

        return length;
    }

    private AppendBlobClient Blob(int partition) =>
        container.GetAppendBlobClient(partition.ToString("000", CultureInfo.InvariantCulture));
}

/// <summary>
/// Tables: an entity group transaction a row. A property takes 64 KiB, an entity 1 MiB, and a transaction 4 MiB and 100
/// entities; whoever comes second with a number is refused.
/// </summary>
internal sealed class TableRows(TableClient table) : IRowStore
{
    private const int PropertyBytes = 64 * 1_024;
    private const int PropertiesPerEntity = 11;

    private readonly long[] _last = new long[256];

    public string Name => "tables";

    public Task Open(int partition) => Task.CompletedTask;

    public async Task Append(int partition, byte[] row)
    {
        var actions = new List<TableTransactionAction>();
        var number = ++_last[partition];
        for (var at = 0; at < row.Length;)
        {
            var entity = new TableEntity(
                partition.ToString("000", CultureInfo.InvariantCulture),
                string.Create(CultureInfo.InvariantCulture, $"{number:0000000000000000000}-{actions.Count:00}"));
            for (var property = 0; property < PropertiesPerEntity && at < row.Length; property++)
            {
                var size = Math.Min(PropertyBytes, row.Length - at);
                entity[$"P{property}"] = row[at..(at + size)];
                at += size;
            }

            actions.Add(new(TableTransactionActionType.Add, entity));
        }

        await table.SubmitTransactionAsync(actions);
    }

    public async Task<long> Read(int partition)
    {
        var length = 0L;
        var key = partition.ToString("000", CultureInfo.InvariantCulture);
        await foreach (var entity in table.QueryAsync<TableEntity>(each => each.PartitionKey == key))
        {
            length += entity.Sum(pair => pair.Value is byte[] bytes ? (long)bytes.Length : 0);
        }

        return length;
    }
}
