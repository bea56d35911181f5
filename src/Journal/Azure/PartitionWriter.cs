using Azure;
using Tally.Journal.Partitions;

namespace Tally.Journal.Azure;

/// <summary>Appends to a partition, one block after the other, and begins new blobs.</summary>
/// <param name="blobs">The partition's blobs.</param>
/// <param name="options">When a blob is full.</param>
/// <param name="clock">What time it is.</param>
internal sealed class PartitionWriter(PartitionBlobs blobs, AzureJournalOptions options, TimeProvider clock)
{
    private const int AttemptsMax = 16;

    private readonly SemaphoreSlim _turn = new(1, 1);

    // The blob that is known to be the last, and how full it is; 0 when that is to be found out.
    private long _series;
    private int _blocks;
    private long _bytes;

    /// <summary>Appends a row.</summary>
    /// <param name="kind">What it holds.</param>
    /// <param name="payload">The row.</param>
    /// <returns>Where it is.</returns>
    public async Task<BlobRow> Append(RowKind kind, ReadOnlyMemory<byte> payload)
    {
        var now = clock.GetUtcNow();
        var frame = Frame.Write(blobs.Partition, kind, now, payload.Span);
        await _turn.WaitAsync();
        try
        {
            for (var attempt = 0; attempt < AttemptsMax; attempt++)
            {
                if (await TryAppend(frame) is { } place)
                {
                    return new(place, frame.Length, now);
                }
            }

            throw new JournalException($"Partition {blobs.Partition}: each blob is full as soon as it is made.");
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Appends, unless the blob turns out not to be the last.</summary>
    private async Task<BlobPlace?> TryAppend(byte[] frame)
    {
        if (_series == 0 || _blocks >= options.BlobBlocksMax || _bytes >= options.BlobBytesMax)
        {
            await GoOn();
        }

        try
        {
            var place = await blobs.Append(_series, frame);
            (_blocks, _bytes) = (place.Index + 1, place.Offset + frame.Length);
            return place;
        }
        catch (RequestFailedException exception) when (PartitionBlobs.IsOver(exception))
        {
            _blocks = options.BlobBlocksMax;
            return null;
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            _series = 0;
            return null;
        }
    }

    /// <summary>Goes on to the last blob; if that is the one that is full, to a new one.</summary>
    private async Task GoOn()
    {
        var last = (await blobs.List()).LastOrDefault().Series;
        if (last == _series)
        {
            if (last > 0)
            {
                await blobs.Close(last);
            }

            await blobs.Create(++last, clock.GetUtcNow());
        }

        (_series, _blocks, _bytes) = (last, 0, 0);
    }
}
