using System.Diagnostics;

namespace Tally.Emulator.Conformance.Clients;

/// <summary>The AWS CLI: its own commands, many in one process. It checks parameters before it sends.</summary>
internal sealed class AwsCliClient : ProcessClient
{
    private const string Python = "/usr/bin/python3";

    public override string Name => "AWS CLI";

    public override string ShortName => "CLI";

    public override async Task<string?> MissingAsync() =>
        await SucceedsAsync(Python, "-c", "import awscli.clidriver") ? null : $"{Python} with awscli";

    protected override ProcessStartInfo StartInfo() => Redirected(Python, Script("awscli_client.py"));
}
