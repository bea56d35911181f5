using CsCheck;

namespace Tally.Domain.Tests.Counting.Model;

/// <summary>
/// The invariants that a customer's ledger keeps whatever happens: an id counts once, a sealed record never changes,
/// there is one per dimension and hour, and everything accepted is somewhere.
/// </summary>
public sealed class LedgerModelTests
{
    [Fact]
    public void Ledger_AnyLife_AgreesWithTheNaiveModelAfterEachStep() =>
        LedgerScript.Any.Sample(LedgerRun.Of, iter: 2_500, print: script => script.ToString());
}
