namespace Tally.Domain.Catalogue;

/// <summary>Which times a product's usage may have.</summary>
/// <param name="Mode">What happens to usage whose hour is closed.</param>
/// <param name="EventAgeMax">
/// How old an event may be when it arrives; from one minute to 35 days. Event ids are remembered for this long and
/// <paramref name="FutureTolerance"/> after they arrived, so that no event can count twice; it costs memory in
/// proportion. The default is 72 hours.
/// </param>
/// <param name="FutureTolerance">
/// How far ahead of the platform's clock an event may be; from zero to one hour. The default is 5 minutes.
/// </param>
/// <param name="PreviousMonth">
/// What happens to usage of a previous month (UTC) that can't be counted in an hour of that month any more, so that it
/// would be billed in another month than it was used in; null for what <paramref name="Mode"/> says. The default.
/// </param>
public sealed record LatePolicy(
    LatePolicyMode Mode,
    TimeSpan EventAgeMax,
    TimeSpan FutureTolerance,
    LatePolicyMode? PreviousMonth = null)
{
    /// <summary>Carry forward, 72 hours, 5 minutes.</summary>
    public static LatePolicy Default { get; } =
        new(LatePolicyMode.CarryForward, TimeSpan.FromHours(72), TimeSpan.FromMinutes(5));

    /// <summary>How long an event id is remembered after its arrival.</summary>
    public TimeSpan RememberedFor => EventAgeMax + FutureTolerance;
}
