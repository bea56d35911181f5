using System.Globalization;

namespace Tally.Bench.Reports;

/// <summary>Lines for people, the same in every country.</summary>
internal static class Lines
{
    /// <summary>Prints a line.</summary>
    /// <param name="parts">The parts of the line.</param>
    public static void Print(params FormattableString[] parts) =>
        Console.WriteLine(string.Concat(parts.Select(part => part.ToString(CultureInfo.InvariantCulture))));
}
