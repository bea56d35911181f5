using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace Tally.Emulator.State.Sqlite;

/// <summary>
/// Everything in <c>emulator.db</c>, in write-ahead mode with full synchronisation: what was answered survives a killed
/// process and a machine that loses power. One process at a time has the folder.
/// </summary>
internal sealed class SqliteState : IEmulatorState
{
    private readonly string _readOnly;
    private readonly FileStream _lock;
    private readonly RecordStatements _records;
    private readonly GroupCommit _commit;

    private SqliteState(string path, FileStream folderLock, SqliteConnection connection)
    {
        _readOnly = ConnectionTo(path, SqliteOpenMode.ReadOnly);
        _lock = folderLock;
        Documents = DocumentStatements.Load(connection);
        _records = new RecordStatements(connection);
        _commit = new GroupCommit(connection);
    }

    public DocumentCache Documents { get; }

    /// <summary>Opens the folder's database, and makes both if need be.</summary>
    /// <exception cref="IOException">Another process has the folder, or the file is not fit.</exception>
    public static SqliteState Open(string folder, TimeSpan period)
    {
        _ = Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, "emulator.db");
        var folderLock = new FileStream(
            Path.Combine(folder, "emulator.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var connection = new SqliteConnection(ConnectionTo(path, SqliteOpenMode.ReadWriteCreate));
        try
        {
            connection.Open();
            SqliteSchema.Prepare(connection, period);
            return new SqliteState(path, folderLock, connection);
        }
        catch (Exception failure)
        {
            connection.Dispose();
            folderLock.Dispose();
            throw new IOException($"{path} can't be used: {failure.Message}", failure);
        }
    }

    public async ValueTask SaveAsync(IReadOnlyList<DocumentChange> changes)
    {
        if (changes.Count == 0) return;
        _ = await _commit.WriteAsync(
            connection =>
            {
                DocumentStatements.Save(connection, changes);
                return true;
            },
            () => Documents.Apply(changes));
    }

    public async ValueTask<bool> SaveAsync(IReadOnlyList<DocumentChange> changes, long generation)
    {
        var isSaved = false;
        return await _commit.WriteAsync(
            connection =>
            {
                isSaved = DocumentStatements.Generation(connection) == generation;
                if (isSaved) DocumentStatements.Save(connection, changes);
                return isSaved;
            },
            () =>
            {
                if (isSaved) Documents.Apply(changes);
            });
    }

    public async ValueTask<IReadOnlyList<MeteredRecord>> AddAsync(IReadOnlyList<StoredUsage> usages) =>
        await _commit.WriteAsync(_ => usages.Select(_records.Add).ToArray());

    public async IAsyncEnumerable<StoredUsage> ListAsync(
        RecordFilter filter,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection(_readOnly);
        await connection.OpenAsync(cancellationToken);
        await using var command = RecordStatements.List(connection, filter);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            yield return RecordStatements.Read(reader);
    }

    public async ValueTask ReplaceAsync(
        IReadOnlyList<DocumentChange> documents,
        IReadOnlyList<StoredUsage> usages) => _ = await _commit.WriteAsync(
        connection =>
        {
            connection.Execute("DELETE FROM records");
            connection.Execute("DELETE FROM documents");
            DocumentStatements.NextGeneration(connection);
            DocumentStatements.Save(connection, documents);
            foreach (var usage in usages)
                _ = _records.Add(usage);
            return true;
        },
        () => Documents.Replace(documents));

    public ValueTask ResetAsync() => ReplaceAsync([], []);

    public async ValueTask DisposeAsync()
    {
        await _commit.DisposeAsync();
        _records.Dispose();
        await _lock.DisposeAsync();
    }

    private static string ConnectionTo(string path, SqliteOpenMode mode) => new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = mode,
        Pooling = false,
    }.ToString();
}
