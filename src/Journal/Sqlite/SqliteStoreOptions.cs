using System.ComponentModel.DataAnnotations;

namespace Tally.Journal.Sqlite;

/// <summary>How the embedded store keeps its data.</summary>
public sealed class SqliteStoreOptions : IValidatableObject
{
    private static readonly TimeSpan RetentionMax = TimeSpan.FromDays(400);
    private static readonly TimeSpan BusyTimeoutMax = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The database file; its folder must exist. One process uses it at a time, which a file beside it, of the same
    /// name and <c>.lock</c>, sees to. Required, there is no default.
    /// </summary>
    [Required]
    public string Path { get; set; } = "";

    /// <summary>
    /// Into how many partitions the journal is divided, 1 to 1,024. More make a first activation after a restart
    /// read less and a commit write more rows. Fixed when the database is made. The default is 16.
    /// </summary>
    [Range(1, 1_024)]
    public int Partitions { get; set; } = 16;

    /// <summary>
    /// How long journal entries are kept, counted from when they were written, even when snapshots cover them; from
    /// zero to 400 days. The default is 73 hours, which is longer than event ids are remembered by default.
    /// </summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromHours(73);

    /// <summary>
    /// How many writes may wait for the disk, those being committed included, before more are refused; 100 to
    /// 10,000,000. As many reads may wait. The default is 200,000.
    /// </summary>
    [Range(100, 10_000_000)]
    public int QueueMax { get; set; } = 200_000;

    /// <summary>
    /// How many bytes may wait for the disk before more are refused, 1 MiB to 2,047 MiB, at least
    /// <see cref="CommitBytesMax"/>. A single larger write is taken when nothing else waits. The default is 128 MiB.
    /// </summary>
    [Range(1_024 * 1_024, 2_047 * 1_024 * 1_024)]
    public int QueueBytesMax { get; set; } = 128 * 1_024 * 1_024;

    /// <summary>
    /// How many bytes one commit takes at most, 64 KiB to 256 MiB; what is beyond goes into the next. Larger commits
    /// cost less a byte and make those who wait in them wait longer. The default is 8 MiB.
    /// </summary>
    [Range(64 * 1_024, 256 * 1_024 * 1_024)]
    public int CommitBytesMax { get; set; } = 8 * 1_024 * 1_024;

    /// <summary>
    /// After how many written bytes the write-ahead log is copied into the database file, 1 MiB to 1 GiB. More makes
    /// the log longer and the pauses for copying its end rarer and longer. The default is 8 MiB.
    /// </summary>
    [Range(1_024 * 1_024, 1_024 * 1_024 * 1_024)]
    public int CheckpointBytes { get; set; } = 8 * 1_024 * 1_024;

    /// <summary>How many threads read, each with a connection of its own, 1 to 64. The default is 2.</summary>
    [Range(1, 64)]
    public int Readers { get; set; } = 2;

    /// <summary>
    /// How long a write waits when another program holds the database before it fails, from zero to a minute, to the
    /// millisecond. The default is 5 seconds.
    /// </summary>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Retention < TimeSpan.Zero || Retention > RetentionMax)
        {
            yield return new($"{nameof(Retention)} is {Retention}; it must be between zero and {RetentionMax}.");
        }

        if (BusyTimeout < TimeSpan.Zero || BusyTimeout > BusyTimeoutMax)
        {
            yield return new($"{nameof(BusyTimeout)} is {BusyTimeout}; it must be between zero and {BusyTimeoutMax}.");
        }

        if (QueueBytesMax < CommitBytesMax)
        {
            yield return new(
                $"{nameof(QueueBytesMax)} is {QueueBytesMax}; it must be at least {nameof(CommitBytesMax)}, "
                + $"which is {CommitBytesMax}.");
        }
    }
}
