using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using Tally.Journal.Azure;
using Tally.Journal.Partitions;

namespace Tally.Journal.Tests.Azure;

/// <summary>Several silos on one container, and what can be wrong with it.</summary>
public sealed class SharedContainerTests(AzuriteServer azurite)
{
    private const string Pinned = "544a0100040000000080a2b7f448df0823b92624973b2dd3010203ff";

    [Fact]
    public Task AnyHistory_OfTwoSilos_EachReadsWhatBothAppended() => SilosHistory.Check(
        () => AzureJournalFixture.Open(azurite, blobBlocksMax: 2), store => ((AzureJournalFixture)store).Another());

    [Fact]
    public async Task Append_BySilosInTurn_RollsOverOnceEachAndKeepsTheOrder()
    {
        await using var store = await AzureJournalFixture.Open(
            azurite, new AzureJournalOptions { Partitions = 1, BlobBlocksMax = 3 });
        AzureUsageJournal[] silos = [store.Another(), store.Another(), store.Another()];
        var positions = new List<long>();
        for (var entry = 0; entry < 30; entry++)
        {
            positions.Add(await silos[entry % 3].AppendAsync("c", Bytes($"{entry}")));
        }

        Assert.Equal(positions.Order().Distinct(), positions);
        foreach (var silo in silos)
        {
            var entries = await silo.ReadAsync("c", 0);
            Assert.Equal(positions, entries.Select(entry => entry.Position));
            Assert.Equal(
                Enumerable.Range(0, 30).Select(entry => $"{entry}"),
                entries.Select(entry => Encoding.UTF8.GetString(entry.Payload.Span)));
            await silo.DisposeAsync();
        }
    }

    [Fact]
    public async Task Append_BlobSealedByAnother_GoesToTheNext()
    {
        await using var store = await AzureJournalFixture.Open(azurite, new AzureJournalOptions { Partitions = 1 });
        var first = await store.Journal.AppendAsync("c", Bytes("1"));
        await new PartitionBlobs(store.Container, 0).Close(1);
        Assert.Single(await store.Journal.ReadAsync("c", 0));
        var second = await store.Journal.AppendAsync("c", Bytes("2"));

        Assert.Equal(2, BlobPlace.SeriesOf(JournalPosition.RowOf(second)));
        Assert.Equal([first, second], (await store.Journal.ReadAsync("c", 0)).Select(entry => entry.Position));
    }

    [Fact]
    public async Task Read_ManyCustomersAfterRestart_TakesFewRequests()
    {
        const int customers = 2_000;
        await using var store = await AzureJournalFixture.Open(azurite, new AzureJournalOptions { Partitions = 4 });
        await Task.WhenAll(Enumerable.Range(0, customers).Select(
            customer => store.Journal.AppendAsync($"c{customer}", Bytes($"{customer}")).AsTask()));
        var counter = new RequestCounter();
        var options = AzureJournalFixture.ClientOptions();
        options.AddPolicy(counter, HttpPipelinePosition.PerCall);
        var container = new BlobContainerClient(await azurite.Start(), store.Container.Name, options);
        await using var restarted = new AzureUsageJournal(container, new() { Partitions = 4 }, store.Clock);
        var entries = await Task.WhenAll(Enumerable.Range(0, customers).Select(
            customer => restarted.ReadAsync($"c{customer}", 0).AsTask()));

        Assert.All(entries, (each, customer) => Assert.Equal(Bytes($"{customer}"), Assert.Single(each).Payload));
        Assert.InRange(counter.Count, 1, 40);

        var before = counter.Count;
        var news = await Task.WhenAll(entries.Select(
            (each, customer) => restarted.ReadAsync($"c{customer}", each[0].Position).AsTask()));
        Assert.All(news, Assert.Empty);
        Assert.InRange(counter.Count - before, 1, 24);
    }

    [Fact]
    public async Task Read_MoreThanIsKept_IsFetched()
    {
        var payloads = Enumerable.Range(0, 12).Select(Payload).ToList();
        await using var store = await AzureJournalFixture.Open(
            azurite, new AzureJournalOptions { Partitions = 16, CacheBytesMax = 16 * 1_024 * 1_024 });
        foreach (var payload in payloads)
        {
            await store.Journal.AppendAsync("c", payload);
        }

        Assert.Equal(payloads, (await store.Journal.ReadAsync("c", 0)).Select(entry => entry.Payload.ToArray()));
        await store.Reopen();
        Assert.Equal(payloads, (await store.Journal.ReadAsync("c", 0)).Select(entry => entry.Payload.ToArray()));
    }

    [Theory]
    [InlineData("not a block of the journal")]
    [InlineData("TJ")]
    public async Task Read_ForeignBlock_IsNamedWithTheWayOut(string foreign)
    {
        await using var store = await AzureJournalFixture.Open(azurite, new AzureJournalOptions { Partitions = 1 });
        var first = await store.Journal.AppendAsync("c", Bytes("1"));
        var blob = store.Container.GetAppendBlobClient("000/0000000001");
        await blob.AppendBlockAsync(new MemoryStream(Bytes(foreign)));
        var last = await store.Journal.AppendAsync("c", Bytes("2"));
        await store.Reopen();

        var exception = await Assert.ThrowsAsync<JournalException>(async () => await store.Journal.ReadAsync("c", 0));
        Assert.Contains(
            $"blob {store.Container.Name}/000/0000000001, block 1", exception.Message, StringComparison.Ordinal);
        var skip = exception.Message[(exception.Message.IndexOf("skip=", StringComparison.Ordinal) + 5)..];
        var metadata = (await blob.GetPropertiesAsync()).Value.Metadata;
        metadata["skip"] = skip;
        await blob.SetMetadataAsync(metadata);

        Assert.Equal([first, last], (await store.Journal.ReadAsync("c", 0)).Select(entry => entry.Position));
    }

    [Fact]
    public async Task Open_WithOtherPartitions_IsRefused()
    {
        await using var store = await AzureJournalFixture.Open(azurite, new AzureJournalOptions { Partitions = 4 });
        await store.Journal.AppendAsync("c", Bytes("1"));
        await using var other = new AzureUsageJournal(store.Container, new() { Partitions = 8 }, store.Clock);

        var exception = await Assert.ThrowsAsync<JournalException>(async () => await other.ReadAsync("c", 0));
        Assert.Contains("'1 4'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trim_CoveredByAnotherSilo_DeletesBlobsAndIsReadNoMore()
    {
        await using var store = await AzureJournalFixture.Open(
            azurite, new AzureJournalOptions { Partitions = 1, BlobBlocksMax = 2 });
        await using var other = store.Another();
        var positions = new List<long>();
        for (var entry = 0; entry < 6; entry++)
        {
            positions.Add(await other.AppendAsync("c", Bytes($"{entry}")));
        }

        Assert.Equal(6, (await store.Journal.ReadAsync("c", 0)).Count);
        other.Cover("c", positions[4]);
        await other.ListUncoveredAsync(store.Clock.GetUtcNow(), 10);
        store.Clock.Advance(TimeSpan.FromDays(30));

        Assert.Equal(2, await store.Journal.TrimAsync());
        Assert.Equal([positions[5]], (await other.ReadAsync("c", 0)).Select(entry => entry.Position));
        await store.Reopen();
        Assert.Equal([positions[5]], (await store.Journal.ReadAsync("c", 0)).Select(entry => entry.Position));
        Assert.True(await store.Journal.AppendAsync("c", Bytes("6")) > positions[5]);
    }

    [Fact]
    public void Frame_IsOfThePinnedBytes_AndNoticesEachChangedBit()
    {
        var bytes = Frame.Write(3, RowKind.Entries, new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero), [1, 2, 3, 255]);

        Assert.Equal(Pinned, Convert.ToHexStringLower(bytes));
        var frame = Frame.TryRead(bytes)!.Value;
        Assert.True(frame.PayloadLength == 4 && frame.IsOf(3, bytes));
        Assert.False(frame.IsOf(4, bytes));
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            var changed = bytes.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(Frame.TryRead(changed) is { PayloadLength: 4 } read && read.IsOf(3, changed));
        }
    }

    private static byte[] Payload(int seed)
    {
        var payload = new byte[200_000];
        new Random(seed).NextBytes(payload);
        return payload;
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private sealed class RequestCounter : HttpPipelineSynchronousPolicy
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public override void OnSendingRequest(HttpMessage message) => Interlocked.Increment(ref _count);
    }
}
