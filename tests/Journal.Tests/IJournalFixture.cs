using Microsoft.Extensions.Time.Testing;

namespace Tally.Journal.Tests;

/// <summary>A store that the contract tests open, close and open again.</summary>
public interface IJournalFixture : IAsyncDisposable
{
    /// <summary>The store's clock.</summary>
    FakeTimeProvider Clock { get; }

    /// <summary>The journal; another one after each <see cref="Reopen"/>.</summary>
    IUsageJournal Journal { get; }

    /// <summary>Closes the store and opens it again, as a restart does.</summary>
    Task Reopen();

    /// <summary>Makes the next commits fail until told otherwise.</summary>
    void FailWrites(bool fail);
}
