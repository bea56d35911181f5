namespace Tally.Settings;

/// <summary>The names of what a program can be told, in kebab case: <c>seal-delay</c>.</summary>
/// <param name="Switches">Those that are true or false; on the command line the name alone means true.</param>
/// <param name="Values">
/// Those that have a value; with <c>config</c> among them a file can be named that holds the others.
/// </param>
/// <param name="Sections">What else a configuration file may have; others read it.</param>
public sealed record SettingNames(
    IReadOnlyList<string> Switches, IReadOnlyList<string> Values, IReadOnlyList<string> Sections);
