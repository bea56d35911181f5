namespace Tally.Emulator.Deployments;

/// <summary>That a resource registered its usage of a product.</summary>
/// <param name="RegisteredAt">When it did so first.</param>
internal sealed record Registration(DateTimeOffset RegisteredAt);
