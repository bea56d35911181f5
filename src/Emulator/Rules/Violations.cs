namespace Tally.Emulator.Rules;

/// <summary>Collects broken constraints in the words that AWS uses.</summary>
internal sealed class Violations(string errorCode)
{
    private const int ValueLengthMax = 300;
    private readonly List<string> _found = [];

    public void Null(string path) => Add(null, path, "Member must not be null");

    public void TooShort(string value, string path, int lengthMin) =>
        Add(value, path, $"Member must have length greater than or equal to {lengthMin}");

    public void TooLong(string value, string path, int lengthMax) =>
        Add(value, path, $"Member must have length less than or equal to {lengthMax}");

    public void TooSmall(int value, string path, int valueMin) =>
        Add($"{value}", path, $"Member must have value greater than or equal to {valueMin}");

    public void Mismatch(string value, string path, string pattern) =>
        Add(value, path, $"Member must satisfy regular expression pattern: {pattern}");

    public void Add(string? value, string path, string constraint) =>
        _found.Add($"Value {Quoted(value)} at '{path}' failed to satisfy constraint: {constraint}");

    /// <summary>All of them in one message, or null when nothing was broken.</summary>
    public ServiceError? ToError() => _found.Count == 0
        ? null
        : new ServiceError(
            errorCode,
            $"{_found.Count} validation {(_found.Count == 1 ? "error" : "errors")} detected: "
            + string.Join("; ", _found));

    private static string Quoted(string? value) => value switch
    {
        null => "null",
        { Length: > ValueLengthMax } => $"'{value[..ValueLengthMax]}...'",
        _ => $"'{value}'",
    };
}
