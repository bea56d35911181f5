using Tally.Emulator.Conformance.Clients;

namespace Tally.Emulator.Conformance.Table;

/// <summary>The document whose last section is the table.</summary>
/// <param name="Before">What people write.</param>
/// <param name="Section">What is generated.</param>
internal sealed record RuleDocument(string Before, string Section)
{
    private static string Location { get; } = Path.Combine(Sources.Repository, "docs", "emulator.md");

    public static async Task<RuleDocument> ReadAsync()
    {
        var text = await File.ReadAllTextAsync(Location);
        var place = text.IndexOf(RuleTable.Heading, StringComparison.Ordinal);
        return place > 0
            ? new RuleDocument(text[..place], text[place..])
            : throw new InvalidOperationException($"{Location} has no section '{RuleTable.Heading}'.");
    }

    public async Task<RuleDocument> ReplaceAsync(string section)
    {
        await File.WriteAllTextAsync(Location, Before + section);
        return this with { Section = section };
    }
}
