using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Tally.Emulator.Catalogue;
using Tally.Emulator.Rules;

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
    private volatile ProductCatalogue _catalogue;

    private SqliteState(string path, FileStream folderLock, SqliteConnection connection)
    {
        _readOnly = ConnectionTo(path, SqliteOpenMode.ReadOnly);
        _lock = folderLock;
        _catalogue = CatalogueStatements.Load(connection);
        _records = new RecordStatements(connection);
        _commit = new GroupCommit(connection);
    }

    public ProductCatalogue Catalogue => _catalogue;

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

    public async ValueTask DeclareAsync(string productCode, ProductDeclaration declaration) =>
        _ = await _commit.WriteAsync(
            connection =>
            {
                CatalogueStatements.Save(connection, productCode, declaration);
                return true;
            },
            () => _catalogue = _catalogue.Declare(productCode, declaration));

    public async ValueTask<IReadOnlyList<MeteredRecord>> AddAsync(
        IReadOnlyList<(UsageKey Key, MeteredRecord Record)> records) =>
        await _commit.WriteAsync(
            _ => records.Select(record => _records.Add(record.Key, record.Record)).ToArray());

    public async IAsyncEnumerable<MeteredRecord> ListAsync(
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

    public async ValueTask AddTokenAsync(string token, RegisteredCustomer customer) =>
        _ = await _commit.WriteAsync(connection =>
        {
            connection.Execute(
                "INSERT INTO tokens VALUES($token, $product, $identifier, $account, $license, $expires)",
                ("$token", token),
                ("$product", customer.ProductCode),
                ("$identifier", customer.CustomerIdentifier),
                ("$account", customer.CustomerAWSAccountId),
                ("$license", customer.LicenseArn),
                ("$expires", customer.ExpiresAt.UtcTicks));
            return true;
        });

    public async ValueTask<RegisteredCustomer?> FindTokenAsync(string token)
    {
        await using var connection = new SqliteConnection(_readOnly);
        await connection.OpenAsync();
        await using var command = connection.Command(
            "SELECT product, identifier, account, license, expires_ticks FROM tokens WHERE token = $token",
            ("$token", token));
        await using var reader = await command.ExecuteReaderAsync();
        if (!await reader.ReadAsync()) return null;
        return new RegisteredCustomer
        {
            ProductCode = reader.GetString(0),
            CustomerIdentifier = reader.TextOrNull(1),
            CustomerAWSAccountId = reader.TextOrNull(2),
            LicenseArn = reader.TextOrNull(3),
            ExpiresAt = new DateTimeOffset(reader.GetInt64(4), TimeSpan.Zero),
        };
    }

    public async ValueTask ResetAsync() => _ = await _commit.WriteAsync(
        connection =>
        {
            foreach (var table in (string[])["records", "tokens", "licenses", "customers", "dimensions", "products"])
                connection.Execute($"DELETE FROM {table}");
            return true;
        },
        () => _catalogue = ProductCatalogue.Empty);

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
