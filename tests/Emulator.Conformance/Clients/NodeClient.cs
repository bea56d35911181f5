using System.Diagnostics;

namespace Tally.Emulator.Conformance.Clients;

/// <summary>AWS's SDK for JavaScript, in the newest version of the lock file.</summary>
internal sealed class NodeClient : ProcessClient
{
    public override string Name => "AWS SDK for JavaScript";

    public override string ShortName => "JavaScript";

    public override async Task<string?> MissingAsync() =>
        await SucceedsAsync("node", "-e", "require('@aws-sdk/client-marketplace-metering')")
            ? null
            : "node with @aws-sdk/client-marketplace-metering";

    protected override ProcessStartInfo StartInfo() => Redirected("node", Script("node_client.mjs"));
}
