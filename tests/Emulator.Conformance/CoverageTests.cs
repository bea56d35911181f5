using Tally.Emulator.Conformance.Cases;

namespace Tally.Emulator.Conformance;

/// <summary>What the cases have to hold all together.</summary>
public sealed class CoverageTests
{
    [Fact]
    public void Cases_Ids_AreTheirOwn() =>
        Assert.Equal(AllCases.List.Count, AllCases.List.DistinctBy(item => item.Id).Count());

    [Fact]
    public void Cases_EveryErrorOfTheModel_IsProvoked()
    {
        var provoked = AllCases.List.SelectMany(item => item.Steps)
            .Select(step => $"{step.Operation} {step.Expected.ErrorCode}").ToHashSet(StringComparer.Ordinal);
        Assert.Equal([], ModelErrors.All.Except(provoked, StringComparer.Ordinal));
    }
}
