using Tally.Domain.Allocations;
using Tally.Domain.Delivery;

namespace Tally.Domain.Catalogue;

/// <summary>Checks what a product's owner wrote and makes the next definition of it.</summary>
public static class CatalogueRules
{
    /// <summary>The shortest and the longest <see cref="LatePolicy.EventAgeMax"/>.</summary>
    public static readonly (TimeSpan Least, TimeSpan Most) EventAgeRange =
        (TimeSpan.FromMinutes(1), TimeSpan.FromDays(35));

    /// <summary>The longest <see cref="LatePolicy.FutureTolerance"/>.</summary>
    public static readonly TimeSpan FutureToleranceMax = TimeSpan.FromHours(1);

    /// <summary>Applies a configuration to a product.</summary>
    /// <param name="code">The product code.</param>
    /// <param name="current">The definition so far, or null for a new product.</param>
    /// <param name="config">What the owner wrote.</param>
    /// <returns>
    /// Either the next definition, or every error found. Dimensions that are no longer named are retired, never
    /// removed; a configuration that changes nothing returns the current definition.
    /// </returns>
    public static CatalogueDecision Apply(string code, ProductDefinition? current, ProductConfig config)
    {
        var errors = new List<FieldError>();
        if (!Names.IsProductCode(code))
        {
            errors.Add(new(
                "product", "invalid_product_code", "A product code has 1 to 255 characters of -a-zA-Z0-9/=:_.@."));
        }

        CheckChannel(current, config.Channel, errors);
        CheckShards(config.Channel ?? current?.Channel, config.FlushShards, errors);

        CheckGuard(config.Guard, errors);
        if (config.ShadowUntil is { } until && until.UtcTicks % TimeSpan.TicksPerHour != 0)
        {
            errors.Add(new("shadowUntil", "not_an_hour", "It is the start of an hour, such as 2026-12-01T00:00:00Z."));
        }

        CheckTags(config.AllocationTags, errors);
        CheckLate(config.Late, errors);
        CheckDimensions(current, config.Dimensions, errors);
        MeterRules.Check(current, config, errors);
        if (errors.Count > 0)
        {
            return new(null, errors);
        }

        var next = new ProductDefinition(
            code,
            string.IsNullOrEmpty(config.Name) ? code : config.Name,
            (current?.Version ?? 0) + 1,
            config.Late ?? LatePolicy.Default,
            Merge(current?.Dimensions ?? [], config.Dimensions))
        {
            Channel = config.Channel ?? current?.Channel ?? DeliveryChannel.BatchMeterUsage,
            FlushShards = config.FlushShards,
            Guard = config.Guard,
            AllocationTags = config.AllocationTags,
            Meters = config.Meters,
            ShadowUntil = config.ShadowUntil?.ToUniversalTime(),
        };
        return new(current is not null && IsSame(current, next) ? current : next, errors);
    }

    private static bool IsSame(ProductDefinition current, ProductDefinition next) =>
        current.Name == next.Name
        && current.Late == next.Late
        && current.FlushShards == next.FlushShards
        && current.Guard == next.Guard
        && current.ShadowUntil == next.ShadowUntil
        && current.AllocationTags.SequenceEqual(next.AllocationTags)
        && current.Meters.SequenceEqual(next.Meters)
        && current.Dimensions.SequenceEqual(next.Dimensions);

    private static List<DimensionDefinition> Merge(
        IReadOnlyList<DimensionDefinition> current,
        IReadOnlyList<DimensionConfig> wanted)
    {
        var byName = wanted.ToDictionary(dimension => dimension.Name);
        var merged = new List<DimensionDefinition>();
        foreach (var old in current)
        {
            merged.Add(byName.Remove(old.Name, out var config)
                ? Define(old.Ordinal, config)
                : old with { Retired = true });
        }

        foreach (var config in wanted)
        {
            if (byName.ContainsKey(config.Name))
            {
                merged.Add(Define(merged.Count, config));
            }
        }

        return merged;
    }

    private static DimensionDefinition Define(int ordinal, DimensionConfig config) =>
        new(
            ordinal,
            config.Name,
            config.Aggregation,
            config.Rounding,
            UniqueTagOf(config),
            Retired: false,
            config.SendZero);

    private static string? UniqueTagOf(DimensionConfig config) =>
        string.IsNullOrEmpty(config.UniqueTag) ? null : config.UniqueTag;

    /// <summary>
    /// Records that wait are AWS's by one operation, with its customers, window and duplicates; by another they would
    /// be other records.
    /// </summary>
    private static void CheckChannel(ProductDefinition? current, DeliveryChannel? channel, List<FieldError> errors)
    {
        if (channel is not { } wanted)
        {
            return;
        }

        if (!Enum.IsDefined(wanted))
        {
            errors.Add(new("channel", "unknown_value", "The channel is batch_meter_usage or meter_usage."));
        }
        else if (current is not null && current.Channel != wanted)
        {
            errors.Add(new("channel", "fixed", "The channel of an existing product can't change."));
        }
    }

    private static void CheckShards(DeliveryChannel? channel, int count, List<FieldError> errors)
    {
        if (count is < 1 or > FlushShards.CountMax)
        {
            errors.Add(new("flushShards", "out_of_range", $"A product has 1 to {FlushShards.CountMax} flush shards."));
        }
        else if (count > 1 && channel == DeliveryChannel.MeterUsage)
        {
            // Its one customer would go to another shard, and its records would be sent with another client token.
            errors.Add(new("flushShards", "not_allowed", "A product of channel meter_usage has one flush shard."));
        }
    }

    private static void CheckGuard(AnomalyGuard? guard, List<FieldError> errors)
    {
        if (guard is { Factor: < 2 or > AnomalyGuard.FactorMax })
        {
            errors.Add(new("guard.factor", "out_of_range", "The factor is between 2 and 1,000,000."));
        }

        if (guard is { QuantityMin: < 1 })
        {
            errors.Add(new("guard.quantityMin", "out_of_range", "The least quantity is at least 1."));
        }
    }

    private static void CheckTags(IReadOnlyList<string> keys, List<FieldError> errors)
    {
        if (keys.Count > TagRules.KeysMax)
        {
            errors.Add(new(
                "allocationTags", "too_many", $"A product allocates by at most {TagRules.KeysMax} tags, as AWS does."));
        }

        var known = new HashSet<string>();
        for (var index = 0; index < keys.Count; index++)
        {
            if (keys[index] is not { } key || !TagRules.IsKey(key))
            {
                errors.Add(new(
                    $"allocationTags[{index}]",
                    "invalid_name",
                    $"A tag has 1 to {TagRules.KeyLengthMax} letters, digits, spaces and +-=._:/@, as AWS has it."));
            }
            else if (!known.Add(key))
            {
                errors.Add(new($"allocationTags[{index}]", "duplicate", "A tag is named once."));
            }
        }
    }

    private static void CheckLate(LatePolicy? late, List<FieldError> errors)
    {
        if (late is null)
        {
            return;
        }

        if (late.EventAgeMax < EventAgeRange.Least || late.EventAgeMax > EventAgeRange.Most)
        {
            errors.Add(new("late.eventAgeMax", "out_of_range", "An event may be one minute to 35 days old."));
        }

        if (late.FutureTolerance < TimeSpan.Zero || late.FutureTolerance > FutureToleranceMax)
        {
            errors.Add(new("late.futureTolerance", "out_of_range", "The tolerance is between zero and one hour."));
        }

        if (!Enum.IsDefined(late.Mode))
        {
            errors.Add(new("late.mode", "unknown_value", "The mode is carry_forward or refuse."));
        }

        if (late.PreviousMonth is { } previousMonth && !Enum.IsDefined(previousMonth))
        {
            errors.Add(new("late.previousMonth", "unknown_value", "This is carry_forward or refuse."));
        }
    }

    private static void CheckDimensions(
        ProductDefinition? current,
        IReadOnlyList<DimensionConfig> dimensions,
        List<FieldError> errors)
    {
        if (dimensions.Count == 0)
        {
            errors.Add(new("dimensions", "required", "A product has at least one dimension."));
        }

        var names = new HashSet<string>();
        var total = (current?.Dimensions.Count ?? 0)
            + dimensions.Count(dimension => current?.Dimensions.Any(old => old.Name == dimension.Name) != true);
        if (total > ProductDefinition.DimensionsMax)
        {
            errors.Add(new("dimensions", "too_many", "A product has at most 1,000 dimensions, retired ones included."));
        }

        foreach (var dimension in dimensions)
        {
            var old = current?.Dimensions.FirstOrDefault(known => known.Name == dimension.Name);
            CheckDimension(dimension, old, errors);
            if (!names.Add(dimension.Name))
            {
                errors.Add(new($"dimensions.{dimension.Name}", "duplicate", "A dimension is named once."));
            }
        }
    }

    private static void CheckDimension(DimensionConfig config, DimensionDefinition? old, List<FieldError> errors)
    {
        var field = $"dimensions.{config.Name}";
        if (!Names.IsName(config.Name))
        {
            errors.Add(new(field, "invalid_name", "A dimension's name has 1 to 255 characters."));
        }

        if (!Enum.IsDefined(config.Aggregation) || !Enum.IsDefined(config.Rounding))
        {
            errors.Add(new(field, "unknown_value", "The aggregation or rounding rule is not known."));
        }

        if (config.Aggregation == Aggregation.UniqueCount == string.IsNullOrEmpty(config.UniqueTag))
        {
            errors.Add(new(
                $"{field}.uniqueTag",
                config.Aggregation == Aggregation.UniqueCount ? "required" : "not_allowed",
                "A dimension names a unique tag exactly when its aggregation is unique_count."));
        }

        if (old is not null && (old.Aggregation != config.Aggregation || old.UniqueTag != UniqueTagOf(config)))
        {
            errors.Add(new(
                $"{field}.aggregation",
                "fixed",
                "The aggregation of an existing dimension can't change; name a new one."));
        }
    }
}
