namespace Tally.Domain.Delivery.Throttling;

/// <summary>Collects what is wrong with options, so that a person sees all of it at once.</summary>
internal sealed class OptionMistakes
{
    private readonly List<string> _all = [];

    public IReadOnlyList<string> All => _all;

    public void Within<T>(string name, T value, T least, T most)
        where T : IComparable<T>
    {
        // A number that is none (NaN) sorts below every other, so it is outside any range.
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
        {
            _all.Add($"{name} is {value}; it must be from {least} to {most}.");
        }
    }

    public void AddRange(string prefix, IEnumerable<string> mistakes) =>
        _all.AddRange(mistakes.Select(mistake => $"{prefix}.{mistake}"));
}
