using System.ComponentModel.DataAnnotations;

namespace Tally.Journal.Postgres;

/// <summary>How the journal in PostgreSQL is kept.</summary>
public sealed class PostgresJournalOptions : IValidatableObject
{
    private static readonly TimeSpan RetentionMax = TimeSpan.FromDays(400);

    /// <summary>
    /// How long entries are kept, counted from when they were written, even when snapshots cover them; from zero to
    /// 400 days. The default is 73 hours, which is longer than event ids are remembered by default.
    /// </summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromHours(73);

    /// <summary>
    /// How many entries may wait for the database before more are refused; 100 to 10,000,000. The default is 200,000.
    /// </summary>
    [Range(100, 10_000_000)]
    public int QueueMax { get; set; } = 200_000;

    /// <summary>
    /// How many bytes may wait for the database before more are refused, 1 MiB to 2,047 MiB. A single larger entry is
    /// taken when nothing else waits. The default is 128 MiB.
    /// </summary>
    [Range(1_024 * 1_024, 2_047 * 1_024 * 1_024)]
    public int QueueBytesMax { get; set; } = 128 * 1_024 * 1_024;

    /// <summary>
    /// How many bytes one commit takes at most, 64 KiB to 256 MiB; what is beyond goes into the next. The default is
    /// 8 MiB.
    /// </summary>
    [Range(64 * 1_024, 256 * 1_024 * 1_024)]
    public int CommitBytesMax { get; set; } = 8 * 1_024 * 1_024;

    /// <summary>
    /// How many bytes of rows are kept in memory, 16 MiB to 16 GiB, so that activations needn't ask the database for
    /// each customer's entries. The places of entries that no snapshot covers take memory besides. The default is
    /// 256 MiB.
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
