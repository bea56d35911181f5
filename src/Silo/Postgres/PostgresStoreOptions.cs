using System.ComponentModel.DataAnnotations;
using Npgsql;
using Tally.Journal.Postgres;
using Tally.Postgres;

namespace Tally.Silo.Postgres;

/// <summary>Which PostgreSQL database a cluster shares, and as which cluster.</summary>
public sealed class PostgresStoreOptions
{
    /// <summary>
    /// An Npgsql connection string, for example <c>Host=db;Database=tally;Username=tally;Password=…</c>. No default. A
    /// silo has at most 40 connections; <c>Maximum Pool Size</c> makes it three times that number instead.
    /// </summary>
    [Required]
    public string ConnectionString { get; set; } = "";

    /// <summary>
    /// The name of the cluster, 1 to 150 characters: silos and clients of one name find each other. The default is
    /// <c>tally</c>.
    /// </summary>
    [Required]
    [StringLength(150, MinimumLength = 1)]
    public string ClusterId { get; set; } = "tally";

    /// <summary>
    /// Under which name states and reminders are kept, 1 to 150 characters; never changed once there are data. The
    /// default is <c>tally</c>.
    /// </summary>
    [Required]
    [StringLength(150, MinimumLength = 1)]
    public string ServiceId { get; set; } = "tally";

    /// <summary>
    /// Whether a silo brings the database to the schema when it starts. If not, it refuses to start with another one.
    /// The default is true.
    /// </summary>
    public bool Migrate { get; set; } = true;

    /// <summary>How the usage journal is kept. The default is what each of its options has.</summary>
    public PostgresJournalOptions Journal { get; set; } = new();

    /// <summary>
    /// Connections for membership and reminders. They are few and nobody else's, so that a silo whose actors wait for
    /// the database still says that it lives.
    /// </summary>
    internal string ForMembership => PostgresConnection.For(ConnectionString, "membership", 8);

    /// <summary>Connections for the states of actors.</summary>
    internal string ForStates => PostgresConnection.For(ConnectionString, "states", 16);

    /// <summary>How many states are read and written at once: each has a connection, and none waits for one.</summary>
    internal int StatesAtOnce => new NpgsqlConnectionStringBuilder(ForStates).MaxPoolSize;

    /// <summary>Connections for the usage journal and the ledger.</summary>
    internal string ForJournal => PostgresConnection.For(ConnectionString, "journal", 16);
}
