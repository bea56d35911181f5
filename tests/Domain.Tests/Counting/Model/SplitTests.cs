using CsCheck;

namespace Tally.Domain.Tests.Counting.Model;

/// <summary>
/// Two owners of one customer's ledger, as in a split cluster: they share a journal and a store that refuses who comes
/// second. Whatever they do, what is in the journal counts once, and what was sealed stays as it was.
/// </summary>
public sealed class SplitTests
{
    private static readonly Gen<SplitStep> Steps =
        Gen.Select(Gen.Enum<SplitAct>(), Gen.Int[0, 1], Gen.Int[0, 60], Gen.Int[0, 90])
            .Select(drawn => new SplitStep(drawn.Item1, drawn.Item2, drawn.Item3, TimeSpan.FromMinutes(drawn.Item4)));

    [Fact]
    public void TwoOwners_AnyHistory_CountWhatTheJournalHoldsOnce() =>
        Steps.Array[1, 60].Sample(SplitRun.Of, iter: 5_000, print: steps => string.Join('\n', steps.AsEnumerable()));
}
