using Tally.Domain.Catalogue;

namespace Tally.Api.Products;

/// <summary>A product as the platform knows it.</summary>
/// <param name="Code">The product code at AWS.</param>
/// <param name="Name">A name for people.</param>
/// <param name="Version">Grows by one with each change, from 1.</param>
/// <param name="Channel">How usage is delivered: <c>batch_meter_usage</c> or <c>meter_usage</c>.</param>
/// <param name="Late">Which times usage may have.</param>
/// <param name="FlushShards">Over how many actors its sealing and delivery are spread.</param>
/// <param name="Guard">When a record is held as far beyond the usual; absent for never.</param>
/// <param name="ShadowUntil">Hours that start before this are computed, and not sent; absent for none.</param>
/// <param name="AllocationTags">By which tags its records are allocated; absent for none.</param>
/// <param name="Dimensions">Its dimensions by name, retired ones included.</param>
/// <param name="Meters">The names that events may have in place of a dimension's; absent for none.</param>
internal sealed record ProductAnswer(
    string Code,
    string Name,
    int Version,
    string Channel,
    LateAnswer Late,
    int FlushShards,
    AnomalyGuard? Guard,
    DateTimeOffset? ShadowUntil,
    IReadOnlyList<string>? AllocationTags,
    IReadOnlyDictionary<string, DimensionAnswer> Dimensions,
    IReadOnlyDictionary<string, MeterRequest>? Meters)
{
    /// <summary>Shows a definition.</summary>
    /// <param name="definition">The definition.</param>
    /// <returns>The answer.</returns>
    public static ProductAnswer Of(ProductDefinition definition) => new(
        definition.Code,
        definition.Name,
        definition.Version,
        ProductWords.NameOf(definition.Channel),
        new(
            ProductWords.NameOf(definition.Late.Mode),
            Duration.Format(definition.Late.EventAgeMax),
            Duration.Format(definition.Late.FutureTolerance),
            ProductWords.NameOf(definition.Late.PreviousMonth ?? definition.Late.Mode)),
        definition.FlushShards,
        definition.Guard,
        definition.ShadowUntil,
        definition.AllocationTags.Count == 0 ? null : definition.AllocationTags,
        definition.Dimensions.ToDictionary(
            dimension => dimension.Name,
            dimension => new DimensionAnswer(
                ProductWords.NameOf(dimension.Aggregation),
                ProductWords.NameOf(dimension.Rounding),
                dimension.UniqueTag,
                dimension.Retired,
                dimension.SendZero)),
        definition.Meters.Count == 0
            ? null
            : definition.Meters.ToDictionary(
                meter => meter.Name,
                meter => new MeterRequest(meter.Dimension, meter.Multiply, meter.Divide, meter.Value)));
}

/// <summary>A dimension as the platform knows it.</summary>
/// <param name="Aggregation">How the events of an hour become one quantity.</param>
/// <param name="Rounding">How an hour's total becomes a whole number.</param>
/// <param name="UniqueTag">For <c>unique_count</c> the tag whose values are counted.</param>
/// <param name="Retired">Whether new events for it are refused.</param>
/// <param name="SendZero">Whether an hour without usage is sent as a record of zero.</param>
internal sealed record DimensionAnswer(
    string Aggregation, string Rounding, string? UniqueTag, bool Retired, bool SendZero);

/// <summary>Which times usage may have.</summary>
/// <param name="Mode">What happens to usage whose hour is closed.</param>
/// <param name="EventAgeMax">How old an event may be when it arrives.</param>
/// <param name="FutureTolerance">How far ahead of the platform's clock an event may be.</param>
/// <param name="PreviousMonth">What happens to usage of a previous month whose last hour is closed.</param>
internal sealed record LateAnswer(string Mode, string EventAgeMax, string FutureTolerance, string PreviousMonth);

/// <summary>The products of a tenant.</summary>
/// <param name="Products">The products, in the order in which they were made.</param>
internal sealed record ProductListAnswer(IReadOnlyList<ProductAnswer> Products);
