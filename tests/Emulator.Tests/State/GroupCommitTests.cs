using Microsoft.Data.Sqlite;
using Tally.Emulator.State.Sqlite;

namespace Tally.Emulator.Tests.State;

public sealed class GroupCommitTests
{
    [Fact]
    public async Task Write_WorkThatFails_IsUndoneAndTheNextSucceeds()
    {
        await using var commit = Open();
        var done = new List<string>();
        _ = await commit.WriteAsync(connection => Insert(connection, 1), () => done.Add("first"));
        _ = await Assert.ThrowsAsync<SqliteException>(() => commit.WriteAsync(
            connection => Insert(connection, 2) + Insert(connection, 1), () => done.Add("failed")));
        _ = await commit.WriteAsync(connection => Insert(connection, 3), () => done.Add("next"));

        Assert.Equal(["first", "next"], done);
        Assert.Equal("1,3", await commit.WriteAsync(
            connection => connection.Scalar("SELECT group_concat(id) FROM numbers ORDER BY id")));
    }

    [Fact]
    public async Task Dispose_WithWorkWaiting_DoesItFirst()
    {
        var commit = Open();
        var writing = Enumerable.Range(0, 50)
            .Select(id => commit.WriteAsync(connection => Insert(connection, id))).ToList();
        await commit.DisposeAsync();
        Assert.All(await Task.WhenAll(writing), changed => Assert.Equal(1, changed));
    }

    private static GroupCommit Open()
    {
        var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        connection.Execute("CREATE TABLE numbers(id INTEGER PRIMARY KEY) STRICT");
        return new GroupCommit(connection);
    }

    private static int Insert(SqliteConnection connection, int id)
    {
        using var command = connection.Command("INSERT INTO numbers VALUES($id)", ("$id", id));
        return command.ExecuteNonQuery();
    }
}
