using System.Text;
using Tally.Emulator.Conformance.Cases;
using Tally.Emulator.Conformance.Clients;

namespace Tally.Emulator.Conformance;

/// <summary>
/// The table of rules in docs/emulator-rules.md is made of the cases. <c>WRITE_RULE_TABLE=1</c> writes it anew;
/// otherwise this test compares.
/// </summary>
public sealed class RuleTableTests
{
    private const string Head =
        """
        # Rules of the emulator, and what proves them

        Made by the conformance suite, `tests/Emulator.Conformance`. Each case is run by plain HTTP, by Tally's client
        for .NET, by boto3, by the AWS CLI and by AWS's SDK for JavaScript, as far as the client can say it: older
        clients lack the newer members, and the CLI checks much before it sends. Sources: `model` is the service's own
        model (API version 2016-01-14), `seller guide` AWS's documentation for sellers, `open point` what AWS leaves
        open (see [emulator.md](emulator.md)).

        | case | rule | source |
        | --- | --- | --- |

        """;

    [Fact]
    public void Document_IsMadeOfTheCases()
    {
        var path = Path.Combine(Sources.Repository, "docs", "emulator-rules.md");
        var text = new StringBuilder(Head.ReplaceLineEndings("\n"));
        foreach (var item in AllCases.List)
            _ = text.Append(null, $"| `{item.Id}` | {item.Rule} | {item.Source} |\n");
        if (Environment.GetEnvironmentVariable("WRITE_RULE_TABLE") is "1") File.WriteAllText(path, text.ToString());
        Assert.Equal(text.ToString(), File.ReadAllText(path));
    }
}
