using System.Globalization;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Tally.Journal.Azure;

/// <summary>
/// The container, made at the first use unless it is there, with a note of what can't be changed afterwards.
/// </summary>
/// <param name="container">The container.</param>
/// <param name="options">How the journal is kept.</param>
/// <param name="clock">What time it is.</param>
internal sealed class AzureOpening(BlobContainerClient container, AzureJournalOptions options, TimeProvider clock)
    : IDisposable
{
    private const string Name = "format";

    private readonly SemaphoreSlim _opening = new(1, 1);
    private volatile bool _isOpen;

    /// <summary>The container.</summary>
    public BlobContainerClient Container => container;

    /// <summary>How the journal is kept.</summary>
    public AzureJournalOptions Options => options;

    /// <summary>What time it is.</summary>
    public TimeProvider Clock => clock;

    private string Format => string.Create(CultureInfo.InvariantCulture, $"1 {options.Partitions}");

    /// <summary>Makes the container, or checks that it is of this format.</summary>
    /// <returns>A task that completes when it is.</returns>
    /// <exception cref="JournalException">It is of another.</exception>
    public async ValueTask Ensure()
    {
        if (_isOpen)
        {
            return;
        }

        await _opening.WaitAsync();
        try
        {
            if (!_isOpen)
            {
                await Open();
                _isOpen = true;
            }
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _opening.Dispose();

    private async Task Open()
    {
        await container.CreateIfNotExistsAsync();
        var blob = container.GetBlobClient(Name);
        try
        {
            await blob.UploadAsync(
                BinaryData.FromString(Format),
                new BlobUploadOptions { Conditions = new() { IfNoneMatch = ETag.All } });
        }
        catch (RequestFailedException exception) when (exception.Status is 409 or 412)
        {
            BlobDownloadResult found = await blob.DownloadContentAsync();
            var stored = found.Content.ToString();
            if (stored != Format)
            {
                throw new JournalException(
                    $"The journal in container {container.Name} was made as '{stored}', version and partitions, "
                    + $"and can't be read as '{Format}'.",
                    exception);
            }
        }
    }
}
