namespace Tally.Emulator.Xunit;

/// <summary>
/// An emulator with all defaults, its state in memory. To set it up otherwise derive a class of your own from
/// <see cref="ConfiguredEmulatorFixture"/>.
/// </summary>
public sealed class MarketplaceEmulatorFixture : ConfiguredEmulatorFixture;
