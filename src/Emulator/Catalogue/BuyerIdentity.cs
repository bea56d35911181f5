namespace Tally.Emulator.Catalogue;

/// <summary>The name by which a seller knows a buyer's account.</summary>
internal sealed record BuyerIdentity(string CustomerIdentifier);
