using System.ComponentModel.DataAnnotations;

namespace Tally.Journal.Azure;

/// <summary>How the journal in Azure Storage is kept.</summary>
public sealed class AzureJournalOptions : IValidatableObject
{
    private static readonly TimeSpan RetentionMax = TimeSpan.FromDays(400);

    /// <summary>
    /// Into how many partitions the journal is divided, 1 to 256. Each is written by requests of its own, so that more
    /// take more entries a second, and cost more requests. Fixed when the container is made. The default is 8.
    /// </summary>
    [Range(1, 256)]
    public int Partitions { get; set; } = 8;

    /// <summary>
    /// How long entries are kept, counted from when they were written, even when snapshots cover them; from zero to
    /// 400 days. The default is 73 hours, which is longer than event ids are remembered by default.
    /// </summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromHours(73);

    /// <summary>
    /// How many entries may wait for the store before more are refused; 100 to 10,000,000. The default is 200,000.
    /// </summary>
    [Range(100, 10_000_000)]
    public int QueueMax { get; set; } = 200_000;

    /// <summary>
    /// How many bytes may wait for the store before more are refused, 1 MiB to 2,047 MiB. A single larger entry is
    /// taken when nothing else waits. The default is 128 MiB.
    /// </summary>
    [Range(1_024 * 1_024, 2_047 * 1_024 * 1_024)]
    public int QueueBytesMax { get; set; } = 128 * 1_024 * 1_024;

    /// <summary>
    /// How many bytes one block takes, 64 KiB to 90 MiB, unless a single entry has more; what is beyond goes into the
    /// next. The service takes 100 MiB. The default is 4 MiB.
    /// </summary>
    [Range(64 * 1_024, 90 * 1_024 * 1_024)]
    public int CommitBytesMax { get; set; } = 4 * 1_024 * 1_024;

    /// <summary>
    /// After how many blocks a partition's next blob is begun, 1 to 50,000, which is the service's own limit. Whole
    /// blobs are deleted when nothing in them is needed any more. The default is 45,000.
    /// </summary>
    [Range(1, 50_000)]
    public int BlobBlocksMax { get; set; } = 45_000;

    /// <summary>
    /// After how many bytes a partition's next blob is begun, 1 MiB to 64 GiB. The default is 256 MiB.
    /// </summary>
    [Range(1L * 1_024 * 1_024, 64L * 1_024 * 1_024 * 1_024)]
    public long BlobBytesMax { get; set; } = 256 * 1_024 * 1_024;

    /// <summary>
    /// How many bytes of entries are kept in memory, 16 MiB to 16 GiB, so that activations needn't ask the store for
    /// each customer's. The places of entries that no snapshot covers take memory besides. The default is 256 MiB.
    /// </summary>
    [Range(16L * 1_024 * 1_024, 16L * 1_024 * 1_024 * 1_024)]
    public long CacheBytesMax { get; set; } = 256 * 1_024 * 1_024;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Retention < TimeSpan.Zero || Retention > RetentionMax)
        {
            yield return new($"{nameof(Retention)} is {Retention}; it must be between zero and {RetentionMax}.");
        }
    }
}
