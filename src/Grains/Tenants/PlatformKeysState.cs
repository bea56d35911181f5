namespace Tally.Grains.Tenants;

/// <summary>What the installation's keys are derived from. A storage format.</summary>
[GenerateSerializer, Alias("Tally.PlatformKeysState")]
internal sealed class PlatformKeysState
{
    /// <summary>The master key that was made here; null when none was needed yet, or one is configured.</summary>
    [Id(0)]
    public byte[]? Master { get; set; }
}
