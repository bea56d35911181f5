using Azure.Storage.Blobs;
using Microsoft.Extensions.Time.Testing;
using Tally.Journal.Azure;

[assembly: AssemblyFixture(typeof(Tally.Journal.Tests.Azure.AzuriteServer))]

namespace Tally.Journal.Tests.Azure;

/// <summary>A container of its own in Azurite.</summary>
internal sealed class AzureJournalFixture : IJournalFixture
{
    private readonly AzureJournalOptions _options;
    private AzureUsageJournal _journal;

    private AzureJournalFixture(string connectionString, AzureJournalOptions options)
    {
        _options = options;
        Container = new(connectionString, $"j{Guid.NewGuid():N}", ClientOptions());
        _journal = Another();
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero));

    public IUsageJournal Journal => _journal;

    public BlobContainerClient Container { get; }

    public static async Task<IJournalFixture> Open(AzuriteServer azurite, int blobBlocksMax) =>
        await Open(azurite, new AzureJournalOptions { Partitions = 4, BlobBlocksMax = blobBlocksMax });

    public static async Task<AzureJournalFixture> Open(AzuriteServer azurite, AzureJournalOptions options) =>
        new(await azurite.Start(), options);

    /// <summary>What a lost server is soon known by.</summary>
    public static BlobClientOptions ClientOptions() => new() { Retry = { MaxRetries = 0 } };

    /// <summary>Another silo's journal in the same container.</summary>
    public AzureUsageJournal Another() => new(Container, _options, Clock);

    public async Task Reopen()
    {
        await _journal.DisposeAsync();
        _journal = Another();
    }

    public void Fail(WriteFault fault)
    {
        _journal.Probe.BeforeCommit = fault == WriteFault.NotStored ? Throw : null;
        _journal.Probe.AfterCommit = fault == WriteFault.Stored ? Throw : null;
    }

    public async ValueTask DisposeAsync()
    {
        await _journal.DisposeAsync();
        await Container.DeleteIfExistsAsync();
    }

    private static void Throw() => throw new IOException("The test wanted it so.");
}
