namespace Tally.Emulator.Catalogue;

/// <summary>Whose licence for what.</summary>
internal sealed record License(string Arn, string ProductCode, string AccountId);
