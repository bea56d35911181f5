namespace Tally.Domain.Delivery.Throttling;

/// <summary>
/// Finds an unknown limit: additive increase while calls are accepted, multiplicative decrease when they are refused.
/// </summary>
/// <remarks>
/// <para>
/// Up to somewhat above the rate of the last refusal the rate grows by equal steps, the size of which follows from
/// what was cut: it's back after <see cref="RateOptions.RecoveryCalls"/> calls, at whatever scale. Beyond that the
/// limit seems to have been raised, and the rate grows in proportion to itself, as it does at the start.
/// </para>
/// <para>
/// The calls that are under way when the rate is cut were let out at the old rate. Their refusals tell nothing new,
/// so only a refusal of the present epoch cuts. When nothing is accepted between cuts, the peak stays, and
/// otherwise it is lowered half the way only: after an outage, in which the rate sank to the bottom, it grows in
/// proportion up to half the peak.
/// </para>
/// </remarks>
public static class RateControl
{
    /// <summary>Before any call.</summary>
    /// <param name="options">How to find the rate.</param>
    /// <returns>The first state.</returns>
    public static RateState Initial(RateOptions options) => new(options.First, 0, 0, 0);

    /// <summary>After AWS took a call.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="epoch">The epoch in which the call started.</param>
    /// <param name="isPaced">
    /// Whether it was this rate that held the call up. A rate that isn't used up proves nothing, and doesn't grow.
    /// </param>
    /// <param name="options">How to find the rate.</param>
    /// <returns>The state after.</returns>
    public static RateState Accepted(RateState state, long epoch, bool isPaced, RateOptions options)
    {
        if (epoch != state.Epoch)
        {
            return state;
        }

        var grown = isPaced ? Math.Min(options.Most, state.Rate + Step(state, options)) : state.Rate;
        return state with { Rate = grown, Streak = 0 };
    }

    /// <summary>After AWS refused a call for want of quota.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="epoch">The epoch in which the call started.</param>
    /// <param name="random">
    /// A random number, from 0 up to but not including 1. Half to one and a half times the cut of the options is
    /// made, so that neither other programs nor the same product are hit every time.
    /// </param>
    /// <param name="options">How to find the rate.</param>
    /// <returns>The state after; the same when the rate was already cut after the call started.</returns>
    public static RateState Refused(RateState state, long epoch, double random, RateOptions options) =>
        epoch != state.Epoch
            ? state
            : new(
                Math.Max(options.Least, state.Rate * (1 - ((1 - options.CutFactor) * (0.5 + random)))),
                state.Streak == 0 ? Math.Max(state.Rate, (state.Rate + state.Peak) / 2) : state.Peak,
                state.Epoch + 1,
                Math.Min(state.Streak + 1, 1_000));

    private static double Step(RateState state, RateOptions options)
    {
        var cut = state.Peak * (1 - options.CutFactor);
        var equal = cut / Math.Max(options.RecoveryCalls, state.Peak * options.RecoveryTime.TotalSeconds);
        var inProportion = state.Rate / Math.Max(options.ProbingCalls, state.Rate * options.ProbingTime.TotalSeconds);
        return state.Rate >= state.Peak / 2 && state.Rate < state.Peak + (cut / 2)
            ? equal
            : Math.Max(equal, inProportion);
    }
}
