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

    /// <summary>Makes commits fail until told otherwise.</summary>
    void Fail(WriteFault fault);
}

/// <summary>How commits fail.</summary>
public enum WriteFault
{
    /// <summary>They don't.</summary>
    None,

    /// <summary>Nothing is stored.</summary>
    NotStored,

    /// <summary>Everything is stored, and the writer doesn't get to know.</summary>
    Stored,
}
