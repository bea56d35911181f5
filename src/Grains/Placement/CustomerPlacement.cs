using Orleans.Placement;

namespace Tally.Grains.Placement;

/// <summary>Spreads a product's customers over the silos; see <see cref="SpreadDirector"/>.</summary>
[GenerateSerializer, Immutable, SuppressReferenceTracking]
internal sealed class CustomerPlacement : PlacementStrategy;

/// <summary>Marks a customer's actor.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class CustomerPlacementAttribute() : PlacementAttribute(new CustomerPlacement());
