using Npgsql;
using Tally.Tests.Postgres;

namespace Tally.Postgres.Tests;

public sealed class PostgresSchemaTests(SharedPostgres postgres)
{
    [Fact]
    public async Task Migrate_ManyAtOnce_OneWorksAndAllAreDone()
    {
        await using var database = NpgsqlDataSource.Create(await postgres.NewEmptyDatabase());
        var applied = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PostgresSchema.Migrate(database)));

        Assert.Equal([0, 0, 0, 0, 0, 0, 0, PostgresSchema.Version], applied.Order());
        await PostgresSchema.Check(database);
        Assert.Equal(0, await PostgresSchema.Migrate(database));
    }

    [Fact]
    public async Task Check_NoSchema_SaysWhatToDo()
    {
        await using var database = NpgsqlDataSource.Create(await postgres.NewEmptyDatabase());
        var exception = await Assert.ThrowsAsync<PostgresSchemaException>(() => PostgresSchema.Check(database));

        Assert.Contains("migrate", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_NewerSchema_IsRefusedAndLeftAsItIs()
    {
        await using var database = NpgsqlDataSource.Create(await postgres.NewDatabase());
        await Execute(database, "INSERT INTO tally_schema (version, name) VALUES (1000, 'later')");

        var exception = await Assert.ThrowsAsync<PostgresSchemaException>(() => PostgresSchema.Migrate(database));
        Assert.Contains("version 1000", exception.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<PostgresSchemaException>(() => PostgresSchema.Check(database));
    }

    [Fact]
    public async Task Migrate_FileFails_LeavesNothingOfItAndCanBeRepeated()
    {
        await using var database = NpgsqlDataSource.Create(await postgres.NewEmptyDatabase());
        await Execute(database, "CREATE VIEW ledger AS SELECT 1");
        var exception = await Assert.ThrowsAsync<PostgresSchemaException>(() => PostgresSchema.Migrate(database));
        Assert.Contains("ledger.sql", exception.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<PostgresSchemaException>(() => PostgresSchema.Check(database));
        await Execute(database, "DROP VIEW ledger");

        Assert.True(await PostgresSchema.Migrate(database) > 0);
        await PostgresSchema.Check(database);
    }

    private static async Task Execute(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
