using Microsoft.Data.Sqlite;
using Tally.Emulator.Catalogue;
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
        var kept = Candidate("c1", 1);
        _ = await State.AddAsync([kept]);
        await State.SaveAsync([new("a", "1", "{}"), new("a", "2", "[]")]);
        await State.SaveAsync([new("a", "1", null)]);
        await State.DisposeAsync();

        await using var opened = SqliteState.Open(_folder, Hour);
        Assert.Equal([kept.Record], await opened.AddAsync([Candidate("c1", 2)]));
        Assert.Equal([new DocumentChange("a", "2", "[]")], opened.Documents.ListAll());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Open_FileOfAnOlderVersion_KeepsAllThatIsInIt(int version)
    {
        await State.DisposeAsync();
        File.Delete(Path.Combine(_folder, "emulator.db"));
        Change(OlderFile.Sql(version));
        MeteredAllocation[] allocations = [new(2, [new("team", "a")])];
        var split = Candidate("c2", 2);

        for (var start = 0; start < 2; start++)
        {
            await using var opened = SqliteState.Open(_folder, Hour);
            using var catalogue = new SellerCatalogue(opened);
            var seller = split.Key.AccountId;
            var stored = await opened.AddAsync(
            [
                Candidate("c1", 7),
                split with { Record = split.Record with { UsageAllocations = allocations } },
            ]);
            Assert.Equal((1, OlderFile.RecordId), (stored[0].Quantity, stored[0].MeteringRecordId));
            Assert.Equivalent(allocations, stored[1].UsageAllocations, strict: true);
            var product = catalogue.FindProduct(seller, "p1")!;
            Assert.Equal((true, true), (product.HasDimension("d1"), product.OpenToAll));
            Assert.Equal(
                (true, false),
                (catalogue.IsSubscribed(product, "c1", DateTimeOffset.UnixEpoch),
                    catalogue.IsSubscribed(product, "gone", DateTimeOffset.UnixEpoch)));
            Assert.Equal("123456789012", catalogue.FindLicense(seller, "arn:1")?.AccountId);
            var customer = new RegistrationTokens(opened, catalogue, TimeProvider.System).Find("t1");
            Assert.Equal(
                ("c1", DateTimeOffset.UnixEpoch.AddHours(1)), (customer?.CustomerIdentifier, customer?.ExpiresAt));
        }
    }

    [Fact]
    public async Task Open_FileOfANewerVersion_IsRefused()
    {
        await State.DisposeAsync();
        Change("PRAGMA user_version = 4");
        var refused = Assert.Throws<IOException>(() => SqliteState.Open(_folder, Hour));
        Assert.Contains("version 4; this emulator reads versions 1 to 3", refused.Message, StringComparison.Ordinal);
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
