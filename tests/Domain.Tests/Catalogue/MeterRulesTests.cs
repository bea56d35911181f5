using Tally.Domain.Catalogue;
using Tally.Domain.Quantities;

namespace Tally.Domain.Tests.Catalogue;

public sealed class MeterRulesTests
{
    private static readonly DimensionConfig Hours = new("gb_hours");
    private static readonly DimensionConfig Calls = new("calls", Aggregation.Count);
    private static readonly MeterDefinition Bytes = new("storage.bytes", "gb_hours", 1, 1L << 30, "usage.bytes");

    public static TheoryData<string, string, MeterDefinition[]> Mistakes() => new()
    {
        { "meters.", "invalid_name", [Bytes with { Name = "" }] },
        { "meters.storage.bytes", "duplicate", [Bytes, Bytes] },
        { "meters.calls", "taken", [Bytes with { Name = "calls" }] },
        { "meters.storage.bytes.dimension", "unknown_dimension", [Bytes with { Dimension = "GB_hours" }] },
        { "meters.storage.bytes.dimension", "unknown_dimension", [Bytes with { Dimension = null! }] },
        { "meters.storage.bytes", "out_of_range", [Bytes with { Multiply = 0 }] },
        { "meters.storage.bytes", "out_of_range", [Bytes with { Divide = -1 }] },
        { "meters.storage.bytes", "not_allowed", [Bytes with { Dimension = "calls" }] },
        { "meters.storage.bytes.value", "invalid_path", [Bytes with { Value = "" }] },
        { "meters.storage.bytes.value", "invalid_path", [Bytes with { Value = "a..b" }] },
        { "meters.storage.bytes.value", "invalid_path", [Bytes with { Value = "a.b.c.d.e.f.g.h.i" }] },
        { "meters.storage.bytes.value", "invalid_path", [Bytes with { Value = "a." + new string('b', 254) }] },
        { "meters", "too_many", [.. Enumerable.Range(0, 1_001).Select(n => new MeterDefinition($"m{n}", "calls"))] },
    };

    [Theory]
    [MemberData(nameof(Mistakes), DisableDiscoveryEnumeration = true)]
    public void Apply_Mistake_NamesFieldAndCode(string field, string code, MeterDefinition[] meters)
    {
        var error = Assert.Single(Apply(null, meters).Errors);
        Assert.Equal((field, code), (error.Field, error.Code));
    }

    [Fact]
    public void Apply_Meters_AreTakenAndChangeTheVersionOnlyWhenTheyDo()
    {
        MeterDefinition[] meters =
        [
            Bytes,
            Bytes with { Name = "x", Multiply = long.MaxValue, Value = "a.b.c.d.e.f.g." + new string('h', 241) },
            new("request", "calls"),
            new("two", "calls", 2, 2),
        ];
        var product = Apply(null, meters).Definition!;
        Assert.Equal(meters, product.Meters);
        Assert.Same(product, Apply(product, [.. meters]).Definition);
        Assert.Equal(2, Apply(product, [meters[0]]).Definition!.Version);
    }

    [Fact]
    public void Apply_NameOfARetiredDimension_IsTaken()
    {
        var product = Apply(null).Definition!;
        var without = CatalogueRules.Apply("p", product, new(null, null, [Hours])).Definition!;
        var config = new ProductConfig(null, null, [Hours]) { Meters = [Bytes with { Name = "calls" }] };
        Assert.Equal("taken", Assert.Single(CatalogueRules.Apply("p", without, config).Errors).Code);
    }

    [Fact]
    public void Conversion_OfAMeter_IsInLowestTerms() =>
        Assert.Equal(new UnitConversion(1, 1L << 28), (Bytes with { Multiply = 4 }).Conversion());

    private static CatalogueDecision Apply(ProductDefinition? current, params MeterDefinition[] meters) =>
        CatalogueRules.Apply("p", current, new(null, null, [Hours, Calls]) { Meters = meters });
}
