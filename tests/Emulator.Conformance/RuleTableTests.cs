using Tally.Emulator.Conformance.Table;

namespace Tally.Emulator.Conformance;

/// <summary>
/// The last section of docs/emulator.md is made of the cases. <c>WRITE_RULE_TABLE=1</c> writes it anew; otherwise this
/// test compares, and of the clients that aren't on this machine in the version of the table believes what it says.
/// </summary>
public sealed class RuleTableTests
{
    [Fact]
    public async Task LastSection_OfTheDocument_IsMadeOfTheCases()
    {
        var document = await RuleDocument.ReadAsync();
        var clients = await ProvingClient.ListAsync();
        if (Environment.GetEnvironmentVariable("WRITE_RULE_TABLE") is "1")
        {
            Assert.All(clients, client => Assert.True(client.IsHere, $"{client.ShortName} is needed."));
            document = await document.ReplaceAsync(RuleTable.Write(clients));
        }

        var stated = RuleTable.Read(document.Section);
        Assert.Equal(RuleTable.Write([.. clients.Select(client => client.OrAsStated(stated))]), document.Section);
    }

    [Fact]
    public void Table_ClientThatIsMissing_IsTakenFromTheText()
    {
        var here = new ProvingClient("HTTP", "HTTP", ["same.again"]) { IsHere = true };
        var there = new ProvingClient("boto3", "boto3 1.2.3", ["same.again", "same.hour"]) { IsHere = true };
        var text = RuleTable.Write([here, there]);
        var missing = new ProvingClient("boto3", "boto3", []);

        Assert.Equal(text, RuleTable.Write([here, missing.OrAsStated(RuleTable.Read(text))]));
        Assert.NotEqual(text, RuleTable.Write([here, there with { Proved = ["same.again"] }]));
    }

    [Fact]
    public void Table_ClientOfAnotherVersion_IsTakenFromTheText()
    {
        var stated = new ProvingClient("boto3", "boto3 1.2.3", ["same.again", "same.hour"]) { IsHere = true };
        var newer = new ProvingClient("boto3", "boto3 1.3.0", ["same.again"]) { IsHere = true };

        var text = RuleTable.Write([stated]);
        Assert.Equal(text, RuleTable.Write([newer.OrAsStated(RuleTable.Read(text))]));
    }
}
