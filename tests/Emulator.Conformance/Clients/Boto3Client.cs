using System.Diagnostics;

namespace Tally.Emulator.Conformance.Clients;

/// <summary>AWS's SDK for Python, its own check of parameters off.</summary>
internal sealed class Boto3Client : ProcessClient
{
    private const string Python = "/usr/bin/python3";

    public override string Name => "boto3";

    public override string ShortName => "boto3";

    public override async Task<string?> MissingAsync() =>
        await SucceedsAsync(Python, "-c", "import boto3") ? null : $"{Python} with boto3";

    protected override ProcessStartInfo StartInfo() => Redirected(Python, Script("boto3_client.py"));
}
