namespace Tally.Emulator.Conformance.Cases;

/// <summary>Every case there is, and the account that each has to itself.</summary>
internal static class AllCases
{
    public static IReadOnlyList<Case> List { get; } =
        [.. BatchCases.All, .. TimeCases.All, .. AllocationCases.All, .. BuyerCases.All];

    private static Dictionary<string, int> Places { get; } =
        List.Index().ToDictionary(place => place.Item.Id, place => place.Index, StringComparer.Ordinal);

    /// <summary>Twelve digits; another one for each client, so that none sees what another did.</summary>
    public static string AccountOf(int client, Case item) =>
        $"{(client * 100_000L) + Places[item.Id] + 100_000_000_000L}";
}
