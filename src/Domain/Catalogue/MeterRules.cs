using Tally.Domain.Quantities;

namespace Tally.Domain.Catalogue;

/// <summary>Checks the meters that a product's owner wrote down.</summary>
public static class MeterRules
{
    /// <summary>How many meters a product may have.</summary>
    public const int CountMax = 1_000;

    /// <summary>How many members deep a quantity may lie in a CloudEvent's data.</summary>
    public const int ValueDepthMax = 8;

    /// <summary>Finds what is wrong with meters.</summary>
    /// <param name="current">The product's definition so far, or null for a new product.</param>
    /// <param name="config">What the owner wrote.</param>
    /// <param name="errors">Gets every error.</param>
    public static void Check(ProductDefinition? current, ProductConfig config, List<FieldError> errors)
    {
        if (config.Meters.Count > CountMax)
        {
            errors.Add(new("meters", "too_many", "A product has at most 1,000 meters."));
        }

        var dimensions = config.Dimensions.DistinctBy(dimension => dimension.Name)
            .ToDictionary(dimension => dimension.Name);
        var retired = (current?.Dimensions ?? []).Select(dimension => dimension.Name).ToHashSet();
        var known = new HashSet<string>();
        foreach (var meter in config.Meters)
        {
            var field = $"meters.{meter.Name}";
            if (!Names.IsName(meter.Name))
            {
                errors.Add(new(field, "invalid_name", "A meter's name has 1 to 255 characters."));
            }
            else if (!known.Add(meter.Name))
            {
                errors.Add(new(field, "duplicate", "A meter is named once."));
            }
            else if (dimensions.ContainsKey(meter.Name) || retired.Contains(meter.Name))
            {
                errors.Add(new(field, "taken", "The name is a dimension's, perhaps of a retired one."));
            }

            CheckMeter(meter, field, dimensions.GetValueOrDefault(meter.Dimension ?? ""), errors);
        }
    }

    private static void CheckMeter(
        MeterDefinition meter, string field, DimensionConfig? dimension, List<FieldError> errors)
    {
        if (dimension is null)
        {
            errors.Add(new($"{field}.dimension", "unknown_dimension", "A meter names a dimension of the product."));
        }

        var conversion = new UnitConversion(meter.Multiply, meter.Divide);
        if (!conversion.IsValid)
        {
            errors.Add(new(field, "out_of_range", "Multiply and divide are whole numbers of at least 1."));
        }
        else if (dimension?.Aggregation.IsCounting() == true && meter.Multiply != meter.Divide)
        {
            errors.Add(new(field, "not_allowed", "A dimension that counts has no unit to convert to."));
        }

        var path = meter.Value?.Split('.') ?? [];
        if (meter.Value?.Length > Names.LengthMax
            || path.Length > ValueDepthMax
            || Array.Exists(path, name => !Names.IsName(name)))
        {
            errors.Add(new(
                $"{field}.value",
                "invalid_path",
                $"This is 1 to {ValueDepthMax} names of members with dots between them, 255 characters at most."));
        }
    }
}
