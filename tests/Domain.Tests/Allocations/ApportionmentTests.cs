using CsCheck;
using Tally.Domain.Allocations;
using Tally.Domain.Quantities;

namespace Tally.Domain.Tests.Allocations;

/// <summary>Whole units go to whoever is owed most, unit by unit.</summary>
public sealed class ApportionmentTests
{
    private static readonly Gen<long> AnyMicros = Gen.Frequency(
        (4, Gen.Long[-999_999, 5_000_000]), (2, Gen.Long[-3, 12].Select(units => units * 1_000_000)),
        (1, Gen.Long[-3, 12].Select(units => units * 500_000)));

    [Fact]
    public void Divide_AnyClaims_IsWhatHandingOutUnitByUnitGives() =>
        Gen.Select(AnyMicros.Array[1, 8], Gen.Int[0, 40]).Sample((micros, whole) =>
        {
            var owed = micros.Select(one => new Quantity(one)).ToArray();
            Assert.Equal(UnitByUnit(owed, whole), Apportionment.Divide(owed, whole));
        });

    [Fact]
    public void Divide_ClaimsOfAtLeastTheUnits_GivesNobodyAWholeUnitTooMuch() =>
        AnyMicros.Array[1, 8].Where(micros => micros.Sum() >= 0).Sample(micros =>
        {
            var owed = micros.Select(one => new Quantity(one)).ToArray();
            var whole = (int)(micros.Sum() / Quantity.MicrosPerUnit);
            var parts = Apportionment.Divide(owed, whole);
            Assert.Equal(whole, parts.Sum());
            foreach (var (part, claim) in parts.Zip(owed))
            {
                Assert.True(part >= 0);
                Assert.True(part == 0 || Quantity.OfUnits(part - 1) < claim);
            }
        });

    [Fact]
    public void Divide_ClaimsThatAreNotBelowZero_IsTheLargestRemainder()
    {
        Assert.Equal([2, 4, 1], Apportionment.Divide([Of(2.3m), Of(3.7m), Of(1.2m)], 7));
        Assert.Equal([1, 0, 0], Apportionment.Divide([Of(0.5m), Of(0.5m), Of(0.5m)], 1));
    }

    [Theory]
    [InlineData(int.MaxValue, 1_500_000_000.5, 647_483_646.5, 1_500_000_001, 647_483_646)]
    [InlineData(int.MaxValue, 3_000_000_000, 2_500_000_000, 1_323_741_824, 823_741_823)]
    [InlineData(0, 0.9, 0.1, 0, 0)]
    public void Divide_TheLargestQuantities_NeitherOverflowsNorCounts(
        int whole, double first, double second, int expectedFirst, int expectedSecond) =>
        Assert.Equal(
            [expectedFirst, expectedSecond], Apportionment.Divide([Of((decimal)first), Of((decimal)second)], whole));

    private static Quantity Of(decimal units) => new((Int128)(units * 1_000_000m));

    private static int[] UnitByUnit(IReadOnlyList<Quantity> owed, int whole)
    {
        var parts = new int[owed.Count];
        for (var unit = 0; unit < whole; unit++)
        {
            var next = Enumerable.Range(0, parts.Length)
                .OrderByDescending(index => owed[index] - Quantity.OfUnits(parts[index])).ThenBy(index => index)
                .First();
            parts[next]++;
        }

        return parts;
    }
}
