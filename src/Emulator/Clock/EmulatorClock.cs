using Tally.Emulator.State;

namespace Tally.Emulator.Clock;

/// <summary>
/// The clock by which the service judges timestamps, tokens and licences: the surrounding program's, until somebody
/// sets it. Delays and signatures go by the surrounding clock always, since clients do.
/// </summary>
internal sealed class EmulatorClock(IEmulatorState state, TimeProvider surrounding) : TimeProvider
{
    /// <summary>The kind of the document that the setting is.</summary>
    public const string Kind = "clock";
    private const string Key = "now";
    private readonly DocumentTable<ClockSetting> _settings = new(state, Kind, StateJson.Default.ClockSetting);

    /// <summary>The clock that this one follows while it isn't set.</summary>
    public TimeProvider Surrounding => surrounding;

    public ClockSetting? Setting => _settings.Find(Key);

    public override DateTimeOffset GetUtcNow() => Setting switch
    {
        null => surrounding.GetUtcNow(),
        { IsRunning: true } running => running.Now + (surrounding.GetUtcNow() - running.SetAt),
        var still => still.Now,
    };

    /// <summary>The changes of an empty state that set the clock so.</summary>
    public IEnumerable<DocumentChange> ChangesOf(ClockSetting? setting) =>
        setting is null ? [] : [_settings.Put(Key, setting)];

    /// <summary>Sets the clock, to stand still or to run on from there; null gives it back.</summary>
    public ValueTask SetAsync(DateTimeOffset? now, bool isRunning) => state.SaveAsync(
    [
        now is { } moment
            ? _settings.Put(Key, new ClockSetting(moment, isRunning, surrounding.GetUtcNow()))
            : _settings.Remove(Key),
    ]);
}
