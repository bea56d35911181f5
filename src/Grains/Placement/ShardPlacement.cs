using Orleans.Placement;

namespace Tally.Grains.Placement;

/// <summary>Puts a flush shard where its customers are; see <see cref="SpreadDirector"/>.</summary>
[GenerateSerializer, Immutable, SuppressReferenceTracking]
internal sealed class ShardPlacement : PlacementStrategy;

/// <summary>Marks a flush shard's actor.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ShardPlacementAttribute() : PlacementAttribute(new ShardPlacement());
