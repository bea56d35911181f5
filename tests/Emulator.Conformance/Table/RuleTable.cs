using System.Text;
using Tally.Emulator.Conformance.Cases;

namespace Tally.Emulator.Conformance.Table;

/// <summary>The table of rules as Markdown: rule, source, case, and the clients that prove it.</summary>
internal static class RuleTable
{
    public const string Heading = "## Rules, and what proves them";
    private const string ClientsLine = "Clients: ";

    private const string Head =
        """
        This section is made by the conformance suite, `tests/Emulator.Conformance`. Each case is run by every client
        that can say it: older clients lack the newer members, the CLI checks much before it sends, and plain HTTP
        doesn't sign. Sources: `model` is the service's own model (API version 2016-01-14), `seller guide` AWS's
        documentation for sellers, `open point` what AWS leaves open, `emulator` what is its own.
        """;

    /// <summary>The whole section.</summary>
    public static string Write(IReadOnlyList<ProvingClient> clients)
    {
        var text = new StringBuilder();
        _ = text.Append(null, $"{Heading}\n\n{Head.ReplaceLineEndings("\n")}\n\n")
            .Append(null, $"{ClientsLine}{string.Join(", ", clients.Select(client => client.Title))}.\n\n")
            .Append("| case | rule | source | proved by |\n| --- | --- | --- | --- |\n");
        foreach (var (id, rule, source) in Rows)
        {
            var proving = clients.Where(client => client.Proved.Contains(id, StringComparer.Ordinal))
                .Select(client => client.ShortName);
            _ = text.Append(null, $"| `{id}` | {rule} | {source} | {string.Join(", ", proving)} |\n");
        }

        return text.ToString();
    }

    /// <summary>The clients as a section has them.</summary>
    public static IReadOnlyList<ProvingClient> Read(string section)
    {
        var lines = section.Split('\n');
        var titles = lines.FirstOrDefault(line => line.StartsWith(ClientsLine, StringComparison.Ordinal))
            ?[ClientsLine.Length..].TrimEnd('.').Split(", ") ?? [];
        var rows = lines.Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Trim('|', ' ').Split(" | ")).Where(cells => cells.Length == 4).ToList();
        return
        [
            .. titles.Select(title => (Title: title, Name: title.Split(' ')[0])).Select(client => new ProvingClient(
                client.Name,
                client.Title,
                [
                    .. rows.Where(cells => cells[3].Split(", ").Contains(client.Name, StringComparer.Ordinal))
                        .Select(cells => cells[0].Trim('`')),
                ])),
        ];
    }

    private static IEnumerable<(string Id, string Rule, string Source)> Rows =>
    [
        .. AllCases.List.Select(item => (item.Id, item.Rule, item.Source)),
        .. WireCases.List.Select(item => (item.Id, item.Rule, item.Source)),
    ];
}
