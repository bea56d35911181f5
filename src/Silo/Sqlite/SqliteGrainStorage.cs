using System.Globalization;
using Microsoft.Extensions.Logging;
using Orleans.Serialization.Serializers;
using Orleans.Storage;
using Tally.Contracts.Customers;
using Tally.Journal;
using Tally.Journal.Sqlite;

namespace Tally.Silo.Sqlite;

/// <summary>
/// Orleans grain storage in the embedded database. Snapshots join the journal's group commit.
/// </summary>
/// <remarks>
/// An ETag is a version number. A state's first is random, so that one that was cleared and written again doesn't
/// look like the old one to whoever still has that.
/// </remarks>
/// <param name="database">Where to store.</param>
/// <param name="serializer">How states become bytes.</param>
/// <param name="activators">How empty states are made.</param>
/// <param name="logger">Where to say what fails.</param>
internal sealed partial class SqliteGrainStorage(
    SqliteDatabase database,
    IGrainStorageSerializer serializer,
    IActivatorProvider activators,
    ILogger<SqliteGrainStorage> logger) : IGrainStorage
{
    private const long NoVersion = -1;

    private const string Select = "SELECT version, payload, checksum FROM grain_state WHERE grain = ? AND name = ?";

    private const string Insert =
        """
        INSERT INTO grain_state (grain, name, version, payload, checksum)
        VALUES (?1, ?2, random() & 0x3FFFFFFFFFFFFFFF, ?3, ?4)
        ON CONFLICT DO NOTHING RETURNING version
        """;

    private const string Update =
        """
        UPDATE grain_state SET version = version + 1, payload = ?3, checksum = ?4
        WHERE grain = ?1 AND name = ?2 AND version = ?5
        RETURNING version
        """;

    private const string Delete = "DELETE FROM grain_state WHERE grain = ? AND name = ? AND version = ?";

    /// <inheritdoc />
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var grain = grainId.ToString();
        var (etag, payload) = await Try(grainId, database.ReadAsync(session => Read(session, grain, stateName)));
        grainState.RecordExists = payload is not null;
        grainState.ETag = etag;
        grainState.State = payload is null
            ? activators.GetActivator<T>().Create()
            : serializer.Deserialize<T>(new BinaryData(payload));
    }

    /// <inheritdoc />
    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        // Serialised at once, on the actor's turn: the actor may change its state while the write waits.
        var payload = serializer.Serialize(grainState.State).ToMemory();
        var (grain, etag) = (grainId.ToString(), grainState.ETag);
        grainState.ETag = await Try(
            grainId,
            database.WriteAsync(session => Write(session, (grain, stateName), etag, payload.Span), payload.Length));
        grainState.RecordExists = true;
    }

    /// <inheritdoc />
    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var (grain, etag) = (grainId.ToString(), grainState.ETag);
        await Try(grainId, database.WriteAsync(session => Clear(session, (grain, stateName), etag)));
        grainState.State = activators.GetActivator<T>().Create();
        grainState.ETag = null;
        grainState.RecordExists = false;
    }

    private async Task<T> Try<T>(GrainId grainId, Task<T> work)
    {
        try
        {
            return await work;
        }
        catch (JournalException exception)
        {
            Log.Failed(logger, exception, grainId, exception.Message);
            throw Unavailable();
        }
    }

    private (string? ETag, byte[]? Payload) Read(SqliteSession session, string grain, string name)
    {
        using var select = session.Prepare(Select);
        if (!select.Bind(1, grain).Bind(2, name).Step())
        {
            return (null, null);
        }

        return StoredBytes.IsSound(select, 1, place: 0)
            ? (Format(select.GetInt64(0)), select.GetBytes(1).ToArray())
            : throw new JournalException(
                $"The state {name} of {grain} is damaged: {database.Path}, table grain_state: its checksum is not that "
                + $"of its bytes. Restore the file from a backup.");
    }

    private string Write(
        SqliteSession session,
        (string Grain, string Name) key,
        string? etag,
        ReadOnlySpan<byte> payload)
    {
        using var write = session.Prepare(etag is null ? Insert : Update);
        write.Bind(1, key.Grain).Bind(2, key.Name).Bind(3, payload).Bind(4, StoredBytes.Checksum(payload, 0));
        if (etag is not null)
        {
            write.Bind(5, Parse(etag));
        }

        if (!write.Step())
        {
            throw Conflict(session, key, etag);
        }

        var version = write.GetInt64(0);
        write.Run();
        return Format(version);
    }

    private bool Clear(SqliteSession session, (string Grain, string Name) key, string? etag)
    {
        using var delete = session.Prepare(Delete);
        var deleted = delete.Bind(1, key.Grain).Bind(2, key.Name).Bind(3, Parse(etag)).Run();
        return deleted == 1 || (etag is null && Read(session, key.Grain, key.Name).ETag is null)
            ? true
            : throw Conflict(session, key, etag);
    }

    private InconsistentStateException Conflict(
        SqliteSession session,
        (string Grain, string Name) key,
        string? etag) => new(
            $"The state {key.Name} of {key.Grain} was changed by somebody else.",
            Read(session, key.Grain, key.Name).ETag ?? "none",
            etag ?? "none");

    private static string Format(long version) => version.ToString(CultureInfo.InvariantCulture);

    /// <summary>The version in an ETag; for none, or one of another store, a version that no state ever has.</summary>
    private static long Parse(string? etag) =>
        long.TryParse(etag, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : NoVersion;

    // It crosses to callers who know nothing of journals, so the cause stays here, in the log.
    private static UsageStoreUnavailableException Unavailable() =>
        new("The states of actors can't be read or written at present.");

    private static partial class Log
    {
        [LoggerMessage(4002, LogLevel.Error, "The state of {Actor} could not be read or written. {Trouble}")]
        public static partial void Failed(ILogger logger, Exception exception, GrainId actor, string trouble);
    }
}
