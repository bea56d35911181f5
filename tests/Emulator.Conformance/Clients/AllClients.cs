namespace Tally.Emulator.Conformance.Clients;

/// <summary>Every client there is; its place gives the accounts that are its own.</summary>
internal static class AllClients
{
    public static IReadOnlyList<IClient> List { get; } =
        [new RawClient(), new DotNetClient(), new Boto3Client(), new AwsCliClient(), new NodeClient()];

    public static int NumberOf(IClient client) => List.Index().First(item => item.Item == client).Index + 1;
}
