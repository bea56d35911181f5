namespace Tally.Grains.Delivery;

/// <summary>What a product's delivery stores. A storage format.</summary>
[GenerateSerializer, Alias("Tally.FlushShardState")]
internal sealed class FlushShardState
{
    /// <summary>
    /// The flush index: every customer that was ever registered, and whether it may have something to seal or send.
    /// </summary>
    [Id(0)]
    public Dictionary<string, bool> Customers { get; set; } = [];

    /// <summary>
    /// What tells the records of this installation from those of others that deliver by MeterUsage; random, null
    /// until it is needed.
    /// </summary>
    [Id(1)]
    public string? Installation { get; set; }
}
