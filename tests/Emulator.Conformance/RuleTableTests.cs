using System.Text;
using Tally.Emulator.Conformance.Cases;
using Tally.Emulator.Conformance.Clients;

namespace Tally.Emulator.Conformance;

/// <summary>
/// The last section of docs/emulator.md is made of the cases. <c>WRITE_RULE_TABLE=1</c> writes it anew; otherwise this
/// test compares.
/// </summary>
public sealed class RuleTableTests
{
    private const string Head =
        """
        ## Rules, and what proves them

        This section is made by the conformance suite, `tests/Emulator.Conformance`. Each case is run by plain HTTP,
        by Tally's client for .NET, by boto3, by the AWS CLI and by AWS's SDK for JavaScript, as far as the client can
        say it: older clients lack the newer members, and the CLI checks much before it sends. Sources: `model` is the
        service's own model (API version 2016-01-14), `seller guide` AWS's documentation for sellers, `open point` what
        AWS leaves open.

        | case | rule | source |
        | --- | --- | --- |

        """;

    [Fact]
    public void LastSection_OfTheDocument_IsMadeOfTheCases()
    {
        var path = Path.Combine(Sources.Repository, "docs", "emulator.md");
        var table = new StringBuilder(Head.ReplaceLineEndings("\n"));
        foreach (var item in AllCases.List)
            _ = table.Append(null, $"| `{item.Id}` | {item.Rule} | {item.Source} |\n");
        var document = File.ReadAllText(path);
        var place = document.IndexOf("## Rules, and what proves them", StringComparison.Ordinal);
        Assert.True(place > 0, "docs/emulator.md has no section for the rules.");
        if (Environment.GetEnvironmentVariable("WRITE_RULE_TABLE") is "1")
        {
            document = document[..place] + table;
            File.WriteAllText(path, document);
        }

        Assert.Equal(table.ToString(), document[place..]);
    }
}
