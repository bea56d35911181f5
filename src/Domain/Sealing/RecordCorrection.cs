using Tally.Domain.Catalogue;

namespace Tally.Domain.Sealing;

/// <summary>What is to be different in a record that AWS refused.</summary>
/// <param name="Dimension">The name of one of the product's dimensions; null keeps it.</param>
/// <param name="Identity">The buyer; null keeps it.</param>
public sealed record RecordCorrection(string? Dimension, CustomerIdentity? Identity);
