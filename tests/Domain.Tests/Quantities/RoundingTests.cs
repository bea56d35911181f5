using CsCheck;
using Tally.Domain.Quantities;

namespace Tally.Domain.Tests.Quantities;

public sealed class RoundingTests
{
    private static readonly Gen<Quantity> Total = Gen.OneOf(
        Gen.Long[0, 5_000_000],
        Gen.Long[0, long.MaxValue],
        Gen.Long[-3_000_000, 3_000_000].Select(offset => (int.MaxValue * Quantity.MicrosPerUnit) + offset))
        .Select(micros => new Quantity(micros));

    private static readonly Gen<RoundingRule> Rule = Gen.Enum<RoundingRule>();

    [Theory]
    [InlineData(RoundingRule.Floor, 0, 0, 0, 0)]
    [InlineData(RoundingRule.Floor, 999_999, 0, 999_999, 0)]
    [InlineData(RoundingRule.Floor, 2_500_000, 2, 500_000, 0)]
    [InlineData(RoundingRule.Ceiling, 0, 0, 0, 0)]
    [InlineData(RoundingRule.Ceiling, 1, 1, 0, 999_999)]
    [InlineData(RoundingRule.Ceiling, 2_000_000, 2, 0, 0)]
    [InlineData(RoundingRule.Nearest, 499_999, 0, 0, -499_999)]
    [InlineData(RoundingRule.Nearest, 500_000, 1, 0, 500_000)]
    [InlineData(RoundingRule.Nearest, 1_499_999, 1, 0, -499_999)]
    public void Split_Total_FollowsItsRule(RoundingRule rule, long total, int whole, long carry, long adjustment) =>
        Assert.Equal(
            new RoundedQuantity(whole, new(carry), new(adjustment)),
            Rounding.Split(new(total), rule));

    [Fact]
    public void Split_AnyTotal_LosesNothingAndStaysInBounds() =>
        Gen.Select(Total, Rule).Sample(
            (total, rule) =>
            {
                var split = Rounding.Split(total, rule);
                Assert.Equal(total + split.Adjustment, Quantity.OfUnits(split.Whole) + split.Carry);
                Assert.InRange(split.Whole, 0, Rounding.RecordQuantityMax);
                Assert.True(split.Carry >= Quantity.Zero);
                Assert.True(split.Adjustment < Quantity.OfUnits(1) && split.Adjustment > Quantity.OfUnits(-1));
            },
            iter: 20_000);

    [Fact]
    public void Split_AnyTotal_AgreesWithDecimalArithmetic() =>
        Gen.Select(Gen.Long[0, (long)int.MaxValue * Quantity.MicrosPerUnit], Rule).Sample(
            (micros, rule) =>
            {
                var units = micros / 1_000_000m;
                var expected = rule switch
                {
                    RoundingRule.Floor => decimal.Floor(units),
                    RoundingRule.Ceiling => decimal.Ceiling(units),
                    _ => decimal.Round(units, MidpointRounding.AwayFromZero),
                };
                var split = Rounding.Split(new(micros), rule);
                Assert.Equal(expected, split.Whole);
                Assert.Equal(rule == RoundingRule.Floor ? micros % 1_000_000 : 0, (long)split.Carry.Micros);
            },
            iter: 20_000);

    [Fact]
    public void Split_BeyondTheLargestRecord_CarriesTheOverflow() =>
        Gen.Select(Gen.Long[0, long.MaxValue], Rule).Sample(
            (more, rule) =>
            {
                var split = Rounding.Split(Quantity.OfUnits(int.MaxValue) + new Quantity(more), rule);
                Assert.Equal(new RoundedQuantity(int.MaxValue, new(more), Quantity.Zero), split);
            });

    [Fact]
    public void Split_NegativeTotalOrUnknownRule_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Rounding.Split(new(-1), RoundingRule.Floor));
        Assert.Throws<ArgumentOutOfRangeException>(() => Rounding.Split(new(1), (RoundingRule)99));
    }
}
