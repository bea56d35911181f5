using Tally.Contracts.Ledger;

namespace Tally.Ledger.Tests;

/// <summary>A store that the contract tests open, close and open again.</summary>
public interface ILedgerFixture : IAsyncDisposable
{
    /// <summary>The ledger; another one after each <see cref="Reopen"/>.</summary>
    IRecordLedger Ledger { get; }

    /// <summary>Closes the store and opens it again, as a restart does.</summary>
    Task Reopen();

    /// <summary>Runs a statement as somebody with the database's own tools does.</summary>
    /// <returns>What the database says against it; null for nothing.</returns>
    Task<string?> TryExecute(string sql);

    /// <summary>Makes the store unreachable, or reachable again.</summary>
    Task SetReachable(bool isReachable);
}
