using System.ComponentModel.DataAnnotations;

namespace Tally.Journal.Sqlite;

/// <summary>How the embedded store keeps its data.</summary>
public sealed class SqliteStoreOptions
{
    /// <summary>The database file; its folder must exist. Required, there is no default.</summary>
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
    /// How many writes may wait for the disk before more are refused, 100 to 10,000,000. The default is 200,000.
    /// </summary>
    [Range(100, 10_000_000)]
    public int QueueMax { get; set; } = 200_000;

    /// <summary>
    /// How many bytes of journal entries one commit takes at most, 64 KiB to 256 MiB; what waits longer goes into
    /// the next. The default is 16 MiB.
    /// </summary>
    [Range(64 * 1_024, 256 * 1_024 * 1_024)]
    public int CommitBytesMax { get; set; } = 16 * 1_024 * 1_024;
}
