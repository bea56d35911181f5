using Npgsql;

namespace Tally.Postgres.Tests;

public sealed class PostgresConnectionTests
{
    [Fact]
    public void For_PlainString_NamesTheUseAndBoundsThePool()
    {
        var built = new NpgsqlConnectionStringBuilder(
            PostgresConnection.For("Host=db;Username=u;Password=p;Minimum Pool Size=50", "states", 24));
        Assert.Equal(("db", "u", "p"), (built.Host, built.Username, built.Password));
        Assert.Equal(("tally states", 24, 24), (built.ApplicationName, built.MaxPoolSize, built.MinPoolSize));
    }

    [Theory]
    [InlineData("Maximum Pool Size=7")]
    [InlineData("maximum pool size=7")]
    [InlineData("MaxPoolSize=7")]
    public void For_PoolSizeGiven_Counts(string size)
    {
        var built = new NpgsqlConnectionStringBuilder(
            PostgresConnection.For($"Host=db;Application Name=billing;{size}", "journal", 24));
        Assert.Equal(("billing journal", 7), (built.ApplicationName, built.MaxPoolSize));
    }

    [Fact]
    public void For_OtherUses_HaveOtherPools() => Assert.NotEqual(
        PostgresConnection.For("Host=db", "states", 24), PostgresConnection.For("Host=db", "membership", 24));
}
