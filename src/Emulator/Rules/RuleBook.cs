namespace Tally.Emulator.Rules;

/// <summary>The rules in force: the named set, the period, and what AWS leaves open, which may change.</summary>
internal sealed class RuleBook(EmulatorOptions options)
{
    private volatile OpenPoints _openPoints = options.OpenPoints;

    public AcceptanceRules Rules => options.Rules;

    public TimeSpan Period => options.Period;

    public OpenPoints OpenPoints
    {
        get => _openPoints;
        set => _openPoints = value;
    }

    /// <summary>Back to what the emulator was started with.</summary>
    public void Reset() => _openPoints = options.OpenPoints;
}
