using CsCheck;
using Tally.Domain.Conservation;
using Tally.Domain.Quantities;

namespace Tally.Domain.Tests.Conservation;

public sealed class BalanceTests
{
    private static readonly Gen<Quantity[]> Parts =
        Gen.Long[-1_000_000, 1_000_000].Select(micros => new Quantity(micros)).Array[12];

    [Fact]
    public void Difference_AnyParts_IsLeftSideMinusRightSide() => Parts.Sample(parts =>
    {
        var left = parts[0] + parts[1];
        var right = parts[2..].Aggregate(Quantity.Zero, (sum, part) => sum + part);
        Assert.Equal(left - right, Of(parts).Difference);
    });

    [Fact]
    public void Add_AnyBalances_AddsPartByPart() => Gen.Select(Parts, Parts).Sample((one, other) =>
        Assert.Equal(Of([.. one.Zip(other, (left, right) => left + right)]), Of(one) + Of(other)));

    private static Balance Of(Quantity[] p) =>
        new(p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7], p[8], p[9], p[10], p[11]);
}
