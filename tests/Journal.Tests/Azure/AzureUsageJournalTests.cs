namespace Tally.Journal.Tests.Azure;

/// <summary>The contract, on Azure Storage; each block in a blob of its own, so that trimming has work.</summary>
public sealed class AzureUsageJournalTests(AzuriteServer azurite)
    : UsageJournalTests(() => AzureJournalFixture.Open(azurite, blobBlocksMax: 1));

/// <summary>Histories, on Azure Storage, with a few blocks in each blob.</summary>
public sealed class AzureJournalHistoryTests(AzuriteServer azurite)
    : JournalHistoryTests(() => AzureJournalFixture.Open(azurite, blobBlocksMax: 3));
