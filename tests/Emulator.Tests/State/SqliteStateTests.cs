using Microsoft.Data.Sqlite;
using Tally.Emulator.State;
using Tally.Emulator.State.Sqlite;

namespace Tally.Emulator.Tests.State;

public sealed class SqliteStateTests : EmulatorStateTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private readonly string _folder = Directory.CreateTempSubdirectory("emulator-").FullName;

    internal override ValueTask<IEmulatorState> OpenAsync() =>
        ValueTask.FromResult<IEmulatorState>(SqliteState.Open(_folder, Hour));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Open_AfterClosing_RemembersEverything()
    {
        var (kept, customer) = (Candidate("c1", 1), new RegisteredCustomer
        {
            ProductCode = "p1",
            CustomerAWSAccountId = "123456789012",
            LicenseArn = "arn:aws:license-manager::123456789012:license:l-1",
            ExpiresAt = DateTimeOffset.UnixEpoch.AddTicks(5),
        });
        _ = await State.AddAsync([kept]);
        await State.AddTokenAsync("t1", customer);
        await State.DeclareAsync("p1", Declaration(["a", "b"], "c1", SubscriptionState.Subscribed) with
        {
            OpenToAll = true,
            Licenses = new Dictionary<string, string>(StringComparer.Ordinal) { ["arn:1"] = "123456789012" },
        });
        await State.DeclareAsync("p1", Declaration(["b"], "c2", SubscriptionState.Unsubscribed) with
        {
            OpenToAll = true,
        });
        await State.DisposeAsync();

        await using var opened = SqliteState.Open(_folder, Hour);
        Assert.Equal([kept.Record], await opened.AddAsync([Candidate("c1", 2)]));
        Assert.Equal(customer, await opened.FindTokenAsync("t1"));
        var product = opened.Catalogue.Products["p1"];
        Assert.Equal(["b"], product.Dimensions);
        Assert.Equal((true, false, true), (product.IsSubscribed("c1"), product.IsSubscribed("c2"), product.OpenToAll));
        Assert.Equal("123456789012", opened.Catalogue.Licenses["arn:1"].AccountId);
    }

    [Fact]
    public async Task Open_FileOfVersionOne_KeepsItsRecordsAndTakesAllocations()
    {
        var (old, split) = (Candidate("c1", 1), Candidate("c2", 2));
        MeteredAllocation[] allocations = [new(2, [new("team", "a")])];
        _ = await State.AddAsync([old]);
        await State.DisposeAsync();
        Change("ALTER TABLE records DROP COLUMN allocations; PRAGMA user_version = 1");

        for (var start = 0; start < 2; start++)
        {
            await using var opened = SqliteState.Open(_folder, Hour);
            var stored = await opened.AddAsync(
                [old, (split.Key, split.Record with { UsageAllocations = allocations })]);
            Assert.Equal(old.Record, stored[0]);
            Assert.Equivalent(allocations, stored[1].UsageAllocations, strict: true);
        }
    }

    [Fact]
    public async Task Open_FileOfANewerVersion_IsRefused()
    {
        await State.DisposeAsync();
        Change("PRAGMA user_version = 3");
        var refused = Assert.Throws<IOException>(() => SqliteState.Open(_folder, Hour));
        Assert.Contains("version 3; this emulator reads versions 1 to 2", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_WithAnotherPeriod_IsRefused()
    {
        await State.DisposeAsync();
        var refused = Assert.Throws<IOException>(() => SqliteState.Open(_folder, TimeSpan.FromMinutes(1)));
        Assert.Contains("begun with the period 01:00:00, not 00:01:00", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FolderInUse_IsRefused() =>
        Assert.Throws<IOException>(() => SqliteState.Open(_folder, Hour));

    private void Change(string sql)
    {
        using var connection = new SqliteConnection(
            $"Data Source={Path.Combine(_folder, "emulator.db")};Pooling=False");
        connection.Open();
        connection.Execute(sql);
    }
}
