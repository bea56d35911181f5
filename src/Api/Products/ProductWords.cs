using System.Collections.Immutable;
using Tally.Domain.Catalogue;
using Tally.Domain.Quantities;

namespace Tally.Api.Products;

/// <summary>How the API spells the rules of a product.</summary>
internal static class ProductWords
{
    // The first of each is the default.
    private static readonly ImmutableArray<(string Word, Aggregation Value)> Aggregations =
    [
        ("sum", Aggregation.Sum),
        ("count", Aggregation.Count),
        ("max", Aggregation.Max),
        ("unique_count", Aggregation.UniqueCount),
        ("last", Aggregation.Last),
    ];

    private static readonly ImmutableArray<(string Word, RoundingRule Value)> Roundings =
    [
        ("floor", RoundingRule.Floor),
        ("ceil", RoundingRule.Ceiling),
        ("nearest", RoundingRule.Nearest),
    ];

    private static readonly ImmutableArray<(string Word, DeliveryChannel Value)> Channels =
    [
        ("batch_meter_usage", DeliveryChannel.BatchMeterUsage),
        ("meter_usage", DeliveryChannel.MeterUsage),
    ];

    private static readonly ImmutableArray<(string Word, LatePolicyMode Value)> Modes =
    [
        ("carry_forward", LatePolicyMode.CarryForward),
        ("refuse", LatePolicyMode.Refuse),
    ];

    /// <summary>Spells an aggregation.</summary>
    /// <param name="aggregation">Which.</param>
    /// <returns>Its name.</returns>
    public static string NameOf(Aggregation aggregation) => Aggregations.First(pair => pair.Value == aggregation).Word;

    /// <summary>Spells a rounding rule.</summary>
    /// <param name="rounding">Which.</param>
    /// <returns>Its name.</returns>
    public static string NameOf(RoundingRule rounding) => Roundings.First(pair => pair.Value == rounding).Word;

    /// <summary>Spells a late policy.</summary>
    /// <param name="mode">Which.</param>
    /// <returns>Its name.</returns>
    public static string NameOf(LatePolicyMode mode) => Modes.First(pair => pair.Value == mode).Word;

    /// <summary>Spells a delivery channel.</summary>
    /// <param name="channel">Which.</param>
    /// <returns>Its name.</returns>
    public static string NameOf(DeliveryChannel channel) => Channels.First(pair => pair.Value == channel).Word;

    /// <summary>Makes a configuration of what a product's owner wrote.</summary>
    /// <param name="request">What was written.</param>
    /// <param name="errors">Gets everything that can't be understood.</param>
    /// <returns>The configuration; of use only without errors.</returns>
    public static ProductConfig Read(ProductRequest request, List<FieldError> errors)
    {
        if (request.Name?.Length > Names.LengthMax)
        {
            errors.Add(new("name", "too_long", "A name has at most 255 characters."));
        }

        var dimensions = new List<DimensionConfig>();
        foreach (var (name, dimension) in request.Dimensions ?? new Dictionary<string, DimensionRequest>())
        {
            var field = $"dimensions.{name}";
            dimensions.Add(new(
                name,
                Find(Aggregations, dimension?.Aggregation, $"{field}.aggregation", errors),
                Find(Roundings, dimension?.Rounding, $"{field}.rounding", errors),
                dimension?.UniqueTag,
                dimension?.SendZero ?? false));
        }

        return new(request.Name, request.Late is { } late ? Read(late, errors) : null, dimensions)
        {
            Channel = request.Channel is null ? null : Find(Channels, request.Channel, "channel", errors),
            FlushShards = request.FlushShards ?? 1,
            ShadowUntil = request.ShadowUntil,
            AllocationTags = request.AllocationTags ?? [],
            Meters = [.. (request.Meters ?? new Dictionary<string, MeterRequest>()).Select(MeterOf)],
            Guard = request.Guard is { } guard ? new(guard.Factor, guard.QuantityMin) : null,
        };
    }

    private static MeterDefinition MeterOf(KeyValuePair<string, MeterRequest> named) => named.Value is { } meter
        ? new(named.Key, meter.Dimension, meter.Multiply, meter.Divide, meter.Value)
        : new(named.Key, "");

    private static LatePolicy Read(LateRequest late, List<FieldError> errors) => new(
        Find(Modes, late.Mode, "late.mode", errors),
        Span(late.EventAgeMax, LatePolicy.Default.EventAgeMax, "late.eventAgeMax", errors),
        Span(late.FutureTolerance, LatePolicy.Default.FutureTolerance, "late.futureTolerance", errors),
        late.PreviousMonth is null ? null : Find(Modes, late.PreviousMonth, "late.previousMonth", errors));

    private static T Find<T>(
        ImmutableArray<(string Word, T Value)> words,
        string? word,
        string field,
        List<FieldError> errors)
    {
        foreach (var (known, value) in words)
        {
            if (word is null || word == known)
            {
                return value;
            }
        }

        errors.Add(new(
            field, "unknown_value", $"This is one of {string.Join(", ", words.Select(known => known.Word))}."));
        return words[0].Value;
    }

    private static TimeSpan Span(string? text, TimeSpan otherwise, string field, List<FieldError> errors)
    {
        if (text is null)
        {
            return otherwise;
        }

        if (!Duration.TryParse(text, out var span))
        {
            errors.Add(new(field, "invalid_duration", "A span of time is written as hours:minutes:seconds."));
            return otherwise;
        }

        return span;
    }
}
