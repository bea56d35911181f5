using System.Globalization;
using Microsoft.Data.Sqlite;
using Orleans.Storage;
using Tally.Journal.Sqlite;

namespace Tally.Silo.Sqlite;

/// <summary>
/// Orleans grain storage in the embedded database. Snapshots join the journal's group commit; an ETag is the number
/// of the write.
/// </summary>
/// <param name="database">Where to store.</param>
/// <param name="serializer">How states become bytes.</param>
internal sealed class SqliteGrainStorage(SqliteDatabase database, IGrainStorageSerializer serializer) : IGrainStorage
{
    /// <inheritdoc />
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var (version, payload) = database.Read(connection => Read(connection, IdOf(stateName, grainId)));
        grainState.RecordExists = payload is not null;
        grainState.ETag = payload is null ? null : Format(version);
        grainState.State = payload is null
            ? Activator.CreateInstance<T>()
            : serializer.Deserialize<T>(new BinaryData(payload));
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        // Serialised at once, on the actor's turn: the actor may change its state while the write waits.
        var payload = serializer.Serialize(grainState.State).ToArray();
        var id = IdOf(stateName, grainId);
        var known = Parse(grainState.ETag);
        var written = await database.WriteAsync(connection => Write(connection, id, known, payload));
        grainState.ETag = Format(written);
        grainState.RecordExists = true;
    }

    /// <inheritdoc />
    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var id = IdOf(stateName, grainId);
        var known = Parse(grainState.ETag);
        await database.WriteAsync(connection => Clear(connection, id, known));
        grainState.State = Activator.CreateInstance<T>();
        grainState.ETag = null;
        grainState.RecordExists = false;
    }

    private static string IdOf(string stateName, GrainId grainId) => $"{stateName}/{grainId}";

    private static string Format(long version) => version.ToString(CultureInfo.InvariantCulture);

    private static long Parse(string? etag) => etag is null ? 0 : long.Parse(etag, CultureInfo.InvariantCulture);

    private static (long Version, byte[]? Payload) Read(SqliteConnection connection, string id)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT version, payload FROM grain_state WHERE id = $id;";
        command.Parameters.AddWithValue("$id", id);
        using var row = command.ExecuteReader();
        return row.Read() ? (row.GetInt64(0), row.GetFieldValue<byte[]>(1)) : (0, null);
    }

    private static long Write(SqliteConnection connection, string id, long known, byte[] payload)
    {
        using var command = connection.CreateCommand();
        command.CommandText = known == 0
            ? "INSERT INTO grain_state (id, version, payload) VALUES ($id, 1, $payload) ON CONFLICT DO NOTHING;"
            : "UPDATE grain_state SET version = version + 1, payload = $payload WHERE id = $id AND version = $known;";
        command.Parameters.AddWithValue("$id", id);
        command.Parameters.AddWithValue("$known", known);
        command.Parameters.AddWithValue("$payload", payload);
        return command.ExecuteNonQuery() == 1 ? known + 1 : throw Conflict(connection, id, known);
    }

    private static long Clear(SqliteConnection connection, string id, long known)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM grain_state WHERE id = $id AND version = $known;";
        command.Parameters.AddWithValue("$id", id);
        command.Parameters.AddWithValue("$known", known);
        return command.ExecuteNonQuery() == 1 || known == 0 ? 0 : throw Conflict(connection, id, known);
    }

    private static InconsistentStateException Conflict(SqliteConnection connection, string id, long known) => new(
        $"The state {id} was changed by somebody else.",
        Format(Read(connection, id).Version),
        Format(known));
}
