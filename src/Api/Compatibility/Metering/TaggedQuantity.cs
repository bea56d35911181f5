namespace Tally.Api.Compatibility.Metering;

/// <summary>A part of a record's quantity.</summary>
/// <param name="Tags">Its tags as usage blocks have them: <c>key\0value\0</c> in UTF-8, by key; empty for none.</param>
/// <param name="Quantity">How much of it.</param>
internal sealed record TaggedQuantity(byte[] Tags, int Quantity);
