namespace Tally.Emulator.Conformance.Cases;

/// <summary>Every case there is, and the account that each has to itself.</summary>
internal static class AllCases
{
    public static IReadOnlyList<Case> List { get; } =
        [.. BatchCases.All, .. TimeCases.All, .. AllocationCases.All, .. BuyerCases.All];

    /// <summary>Twelve digits; another one for each client, so that none sees what another did.</summary>
    public static string AccountOf(int client, int index) => $"{(client * 100_000L) + index + 100_000_000_000L}";
}
