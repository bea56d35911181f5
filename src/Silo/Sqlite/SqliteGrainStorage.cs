using System.Globalization;
using Orleans.Serialization.Serializers;
using Orleans.Storage;
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
internal sealed class SqliteGrainStorage(
    SqliteDatabase database,
    IGrainStorageSerializer serializer,
    IActivatorProvider activators) : IGrainStorage
{
    private const long NoVersion = -1;

    private const string Select = "SELECT version, payload FROM grain_state WHERE grain = ? AND name = ?";

    private const string Insert =
        """
        INSERT INTO grain_state (grain, name, version, payload) VALUES (?1, ?2, random() & 0x3FFFFFFFFFFFFFFF, ?3)
        ON CONFLICT DO NOTHING RETURNING version
        """;

    private const string Update =
        """
        UPDATE grain_state SET version = version + 1, payload = ?3 WHERE grain = ?1 AND name = ?2 AND version = ?4
        RETURNING version
        """;

    private const string Delete = "DELETE FROM grain_state WHERE grain = ? AND name = ? AND version = ?";

    /// <inheritdoc />
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var grain = grainId.ToString();
        var (etag, payload) = await database.ReadAsync(session => Read(session, grain, stateName));
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
        grainState.ETag = await database.WriteAsync(
            session => Write(session, (grain, stateName), etag, payload.Span), payload.Length);
        grainState.RecordExists = true;
    }

    /// <inheritdoc />
    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var (grain, etag) = (grainId.ToString(), grainState.ETag);
        await database.WriteAsync(session => Clear(session, (grain, stateName), etag));
        grainState.State = activators.GetActivator<T>().Create();
        grainState.ETag = null;
        grainState.RecordExists = false;
    }

    private static (string? ETag, byte[]? Payload) Read(SqliteSession session, string grain, string name)
    {
        using var select = session.Prepare(Select);
        return select.Bind(1, grain).Bind(2, name).Step()
            ? (Format(select.GetInt64(0)), select.GetBytes(1).ToArray())
            : (null, null);
    }

    private static string Write(
        SqliteSession session,
        (string Grain, string Name) key,
        string? etag,
        ReadOnlySpan<byte> payload)
    {
        using var write = session.Prepare(etag is null ? Insert : Update);
        write.Bind(1, key.Grain).Bind(2, key.Name).Bind(3, payload);
        if (etag is not null)
        {
            write.Bind(4, Parse(etag));
        }

        if (!write.Step())
        {
            throw Conflict(session, key, etag);
        }

        var version = write.GetInt64(0);
        write.Run();
        return Format(version);
    }

    private static bool Clear(SqliteSession session, (string Grain, string Name) key, string? etag)
    {
        using var delete = session.Prepare(Delete);
        var deleted = delete.Bind(1, key.Grain).Bind(2, key.Name).Bind(3, Parse(etag)).Run();
        return deleted == 1 || (etag is null && Read(session, key.Grain, key.Name).ETag is null)
            ? true
            : throw Conflict(session, key, etag);
    }

    private static InconsistentStateException Conflict(
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
}
