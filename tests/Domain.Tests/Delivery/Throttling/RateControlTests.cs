using CsCheck;
using Tally.Domain.Delivery.Throttling;

namespace Tally.Domain.Tests.Delivery.Throttling;

public sealed class RateControlTests
{
    private static readonly RateOptions Options = new();

    private static readonly Gen<RateState> States = Gen.Select(
        Gen.Double[0.1, 1_000], Gen.Double[0, 1_000], Gen.Long[0, 1_000], Gen.Int[0, 1_000],
        (rate, peak, epoch, streak) => new RateState(rate, peak, epoch, streak));

    [Fact]
    public void Refused_PresentEpoch_CutsOnceAndStartsAnEpoch() => Gen.Select(States, Gen.Double.Unit).Sample(
        (state, random) =>
        {
            var cut = RateControl.Refused(state, state.Epoch, random, Options);
            Assert.InRange(cut.Rate, Math.Max(0.1, state.Rate * 0.7) - 1e-9, Math.Max(0.1, state.Rate * 0.9) + 1e-9);
            Assert.Equal(state.Epoch + 1, cut.Epoch);
            Assert.Equal(Math.Min(1_000, state.Streak + 1), cut.Streak);
            Assert.True(state.Streak == 0 || cut.Peak == state.Peak);
            Assert.InRange(cut.Peak, Math.Min(state.Rate, state.Peak), Math.Max(state.Rate, state.Peak));
            Assert.Equal(cut, RateControl.Refused(cut, state.Epoch, random, Options));
        });

    [Fact]
    public void Accepted_EarlierEpoch_ChangesNothing() => States.Sample(
        state => Assert.Equal(state, RateControl.Accepted(state, state.Epoch - 1, isPaced: true, Options)));

    [Fact]
    public void Accepted_RateNotUsedUp_EndsTheStreakOnly() => States.Sample(
        state => Assert.Equal(
            state with { Streak = 0 }, RateControl.Accepted(state, state.Epoch, isPaced: false, Options)));

    [Fact]
    public void Accepted_AnyState_GrowsAndStaysBelowTheMost() => States.Sample(
        state =>
        {
            var grown = RateControl.Accepted(state, state.Epoch, isPaced: true, Options);
            Assert.True(grown.Rate > state.Rate || state.Rate == Options.Most);
            Assert.InRange(grown.Rate, state.Rate, Options.Most);
        });

    [Theory]
    [InlineData(1, 20)]
    [InlineData(10, 100)]
    [InlineData(100, 1_000)]
    public void Accepted_AfterACut_IsBackByEqualStepsAfterTheCallsAndTheTimeOfTheOptions(double rate, int calls)
    {
        var start = new RateState(rate * 0.8, rate, 1, 1);
        var step = RateControl.Accepted(start, 1, isPaced: true, Options).Rate - start.Rate;
        var state = start;
        for (var call = 0; call < calls; call++)
        {
            var next = RateControl.Accepted(state, 1, isPaced: true, Options);
            Assert.Equal(step, next.Rate - state.Rate, 1e-9);
            state = next;
        }

        Assert.Equal(rate, state.Rate, 1e-9);
    }

    [Theory]
    [InlineData(1, 1.125)]
    [InlineData(8, 8.25)]
    public void Accepted_LimitNotKnown_GrowsInProportion(double rate, double expected) =>
        Assert.Equal(expected, RateControl.Accepted(new(rate, 0, 0, 0), 0, isPaced: true, Options).Rate, 1e-9);

    [Fact]
    public void Initial_Default_IsTheFirstRate() => Assert.Equal(new(2, 0, 0, 0), RateControl.Initial(Options));
}
