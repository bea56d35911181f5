using System.Globalization;
using System.Text;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Tally.Journal.Azure;

/// <summary>
/// The blobs of a partition, and the requests about them. All silos append to the last blob of a series. A blob is
/// sealed by a lease that never ends and has the same id everywhere: the service refuses whoever appends without it,
/// which is everybody. Only then the next blob is made, so that entries never turn up in front of others.
/// </summary>
/// <param name="container">Where they are.</param>
/// <param name="partition">The partition.</param>
internal sealed class PartitionBlobs(BlobContainerClient container, int partition)
{
    private const string Seal = "7a11755e-a1ed-4b10-b000-000000000001";
    private const string CreatedAt = "created";
    private const string Skip = "skip";

    /// <summary>The partition.</summary>
    public int Partition => partition;

    /// <summary>A blob's name.</summary>
    /// <param name="series">Its number.</param>
    /// <returns>The name.</returns>
    public string NameOf(long series) =>
        string.Create(CultureInfo.InvariantCulture, $"{container.Name}/{Prefix}{series:0000000000}");

    private string Prefix => string.Create(CultureInfo.InvariantCulture, $"{partition:000}/");

    private BlobClient Mark =>
        container.GetBlobClient(string.Create(CultureInfo.InvariantCulture, $"marks/{partition:000}"));

    /// <summary>Whether a request was refused as the blob is sealed or has as many blocks as it can.</summary>
    /// <param name="exception">The refusal.</param>
    /// <returns>Whether it is the reason.</returns>
    public static bool IsOver(RequestFailedException exception) =>
        exception.ErrorCode == BlobErrorCode.LeaseIdMissing
        || exception.ErrorCode == BlobErrorCode.BlockCountExceedsLimit;

    /// <summary>Lists the blobs.</summary>
    /// <returns>Their numbers, in order, and when each was made.</returns>
    public async Task<List<(long Series, DateTimeOffset CreatedAt)>> List()
    {
        var found = new List<(long Series, DateTimeOffset CreatedAt)>();
        var pages = container.GetBlobsAsync(BlobTraits.Metadata, BlobStates.None, Prefix, CancellationToken.None);
        await foreach (var blob in pages)
        {
            found.Add((
                long.Parse(blob.Name.AsSpan(Prefix.Length), CultureInfo.InvariantCulture),
                new(long.Parse(blob.Metadata[CreatedAt], CultureInfo.InvariantCulture), TimeSpan.Zero)));
        }

        return found;
    }

    /// <summary>Makes a blob, unless it is there.</summary>
    /// <param name="series">Its number.</param>
    /// <param name="now">When it is made.</param>
    /// <returns>Whether it was not there; another silo may have been first.</returns>
    public async Task<bool> Create(long series, DateTimeOffset now)
    {
        try
        {
            await Blob(series).CreateAsync(new AppendBlobCreateOptions
            {
                Conditions = new() { IfNoneMatch = ETag.All },
                Metadata = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    [CreatedAt] = now.UtcTicks.ToString(CultureInfo.InvariantCulture),
                },
            });
            return true;
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == BlobErrorCode.BlobAlreadyExists)
        {
            return false;
        }
    }

    /// <summary>Seals a blob: nobody appends to it from here on.</summary>
    /// <param name="series">Its number.</param>
    /// <returns>A task that completes when it is sealed.</returns>
    public Task Close(long series) =>
        Blob(series).GetBlobLeaseClient(Seal).AcquireAsync(BlobLeaseClient.InfiniteLeaseDuration);

    /// <summary>Appends a block.</summary>
    /// <param name="series">To which blob.</param>
    /// <param name="frame">The block.</param>
    /// <returns>Where it is.</returns>
    public async Task<BlobPlace> Append(long series, byte[] frame)
    {
        using var stream = new MemoryStream(frame, writable: false);
        var answer = await Blob(series).AppendBlockAsync(stream);
        return new(
            series,
            answer.Value.BlobCommittedBlockCount - 1,
            long.Parse(answer.Value.BlobAppendOffset, CultureInfo.InvariantCulture));
    }

    /// <summary>Finds where a blob ends.</summary>
    /// <param name="series">Its number.</param>
    /// <returns>Its length, whether that is final, and what is to be passed over; null if it isn't there.</returns>
    public async Task<BlobEnd?> FindEnd(long series)
    {
        try
        {
            BlobProperties found = await Blob(series).GetPropertiesAsync();
            return new(
                found.ContentLength,
                found.LeaseState == LeaseState.Leased,
                found.Metadata.TryGetValue(Skip, out var skip) ? skip : "");
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return null;
        }
    }

    /// <summary>Reads from a blob.</summary>
    /// <param name="series">Its number.</param>
    /// <param name="offset">Where to begin.</param>
    /// <param name="length">How many bytes.</param>
    /// <returns>They.</returns>
    public async Task<Stream> Read(long series, long offset, long length)
    {
        var answer = await Blob(series).DownloadStreamingAsync(new() { Range = new(offset, length) });
        return answer.Value.Content;
    }

    /// <summary>Deletes a sealed blob.</summary>
    /// <param name="series">Its number.</param>
    /// <returns>Whether it was there.</returns>
    public async Task<bool> Delete(long series) =>
        (await Blob(series).DeleteIfExistsAsync(conditions: new() { LeaseId = Seal })).Value;

    /// <summary>Finds from where recovery has to read.</summary>
    /// <returns>The place; null if nobody has said so.</returns>
    public async Task<BlobPlace?> FindMark() => (await TryFindMark())?.Place;

    /// <summary>Says from where recovery has to read, unless a later place was said.</summary>
    /// <param name="place">The place.</param>
    /// <returns>Whether it is stored; if another silo moves it meanwhile, the next round compares again.</returns>
    public async Task<bool> StoreMark(BlobPlace place)
    {
        var known = await TryFindMark();
        if (known is { } found && found.Place.Row >= place.Row)
        {
            return true;
        }

        var text = string.Create(CultureInfo.InvariantCulture, $"1 {place.Series} {place.Index} {place.Offset}");
        try
        {
            await Mark.UploadAsync(
                BinaryData.FromString(text),
                new BlobUploadOptions
                {
                    Conditions = known is { Tag: var tag }
                        ? new() { IfMatch = tag }
                        : new() { IfNoneMatch = ETag.All },
                });
            return true;
        }
        catch (RequestFailedException exception) when (exception.Status is 409 or 412)
        {
            return false;
        }
    }

    private async Task<(BlobPlace Place, ETag Tag)?> TryFindMark()
    {
        try
        {
            BlobDownloadResult found = await Mark.DownloadContentAsync();
            var words = Encoding.UTF8.GetString(found.Content.ToMemory().Span).Split(' ');
            return words is ["1", var series, var index, var offset]
                ? (new(
                    long.Parse(series, CultureInfo.InvariantCulture),
                    int.Parse(index, CultureInfo.InvariantCulture),
                    long.Parse(offset, CultureInfo.InvariantCulture)), found.Details.ETag)
                : throw new JournalException($"{Mark.Name} is of a version that this program does not know.");
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            return null;
        }
    }

    private AppendBlobClient Blob(long series) => container.GetAppendBlobClient(
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{series:0000000000}"));
}

/// <summary>Where a blob ends.</summary>
/// <param name="Length">How many bytes it has.</param>
/// <param name="IsFinal">Whether nothing can be appended any more.</param>
/// <param name="Skip">What a person wants passed over, as <c>from-to</c> with commas between.</param>
internal sealed record BlobEnd(long Length, bool IsFinal, string Skip)
{
    /// <summary>Where to go on if a place is to be passed over.</summary>
    /// <param name="offset">The place.</param>
    /// <returns>Where to go on, or null.</returns>
    public long? Behind(long offset)
    {
        var start = string.Create(CultureInfo.InvariantCulture, $"{offset}-");
        var skip = Skip.Split(',').FirstOrDefault(each => each.StartsWith(start, StringComparison.Ordinal));
        return skip is not null && long.TryParse(skip.AsSpan(start.Length), CultureInfo.InvariantCulture, out var to)
            ? to
            : null;
    }
}
