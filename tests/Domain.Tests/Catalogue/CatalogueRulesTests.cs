using CsCheck;
using Tally.Domain.Catalogue;
using Tally.Domain.Quantities;

namespace Tally.Domain.Tests.Catalogue;

public sealed class CatalogueRulesTests
{
    private static readonly DimensionConfig Calls = new("api_calls");
    private static readonly DimensionConfig Users = new("users", Aggregation.UniqueCount, UniqueTag: "user");

    public static TheoryData<string, string, string, ProductConfig> Mistakes() => new()
    {
        { "product", "invalid_product_code", "a b", Config(Calls) },
        { "dimensions", "required", "code", Config() },
        { "dimensions.", "invalid_name", "code", Config(new DimensionConfig("")) },
        { "dimensions.x", "unknown_value", "code", Config(new DimensionConfig("x", (Aggregation)9)) },
        { "dimensions.x", "unknown_value", "code", Config(new DimensionConfig("x", Rounding: (RoundingRule)9)) },
        { "dimensions.x.uniqueTag", "required", "code", Config(new DimensionConfig("x", Aggregation.UniqueCount)) },
        { "dimensions.x.uniqueTag", "required", "code", Config(Users with { Name = "x", UniqueTag = "" }) },
        { "dimensions.x.uniqueTag", "not_allowed", "code", Config(new DimensionConfig("x", UniqueTag: "user")) },
        { "dimensions.api_calls", "duplicate", "code", Config(Calls, Users, Calls) },
        { "late.eventAgeMax", "out_of_range", "code", Late(new(0, TimeSpan.FromSeconds(59), TimeSpan.Zero)) },
        { "late.eventAgeMax", "out_of_range", "code", Late(new(0, TimeSpan.FromDays(35.01), TimeSpan.Zero)) },
        { "late.futureTolerance", "out_of_range", "code", Late(new(0, TimeSpan.FromHours(1), new(-1))) },
        { "late.futureTolerance", "out_of_range", "code", Late(new(0, TimeSpan.FromHours(1), new(1, 0, 1))) },
        { "allocationTags", "too_many", "code", Config(Calls) with { AllocationTags = "a b c d e f".Split(' ') } },
        { "allocationTags[0]", "invalid_name", "code", Config(Calls) with { AllocationTags = [""] } },
        { "allocationTags[1]", "invalid_name", "code", Config(Calls) with { AllocationTags = ["a", "gr\u00fcn"] } },
        { "allocationTags[0]", "invalid_name", "code", Config(Calls) with { AllocationTags = [new('a', 101)] } },
        { "allocationTags[2]", "duplicate", "code", Config(Calls) with { AllocationTags = ["a", "b", "a"] } },
        { "channel", "unknown_value", "code", Config(Calls) with { Channel = (DeliveryChannel)7 } },
        { "late.mode", "unknown_value", "code", Late(LatePolicy.Default with { Mode = (LatePolicyMode)7 }) },
        {
            "late.previousMonth",
            "unknown_value",
            "code",
            Late(LatePolicy.Default with { PreviousMonth = (LatePolicyMode)7 })
        },
    };

    [Fact]
    public void Apply_AllocationTags_AreTakenAndChangeTheVersionOnlyWhenTheyDo()
    {
        var tags = new[] { "a", "b", "c d", "e+-=._:/@", new string('x', 100) };
        var product = Accept(null, Config(Calls) with { AllocationTags = tags });
        Assert.Equal(tags, product.AllocationTags);
        Assert.Same(product, Accept(product, Config(Calls) with { AllocationTags = [.. tags] }));
        var without = Accept(product, Config(Calls));
        Assert.Equal((2, 0), (without.Version, without.AllocationTags.Count));
    }

    [Fact]
    public void Apply_Channel_IsFixedOnceTheProductExists()
    {
        var product = CatalogueRules.Apply("p", null, Config(Calls)).Definition!;
        var deployed = CatalogueRules
            .Apply("p", null, Config(Calls) with { Channel = DeliveryChannel.MeterUsage }).Definition!;
        Assert.Equal(DeliveryChannel.BatchMeterUsage, product.Channel);
        Assert.Equal(DeliveryChannel.MeterUsage, deployed.Channel);
        Assert.True(product.Takes("anybody"));
        Assert.True(deployed.Takes("self"));
        Assert.False(deployed.Takes("Self"));

        Assert.Same(deployed, CatalogueRules.Apply("p", deployed, Config(Calls)).Definition);
        Assert.Equal(
            DeliveryChannel.MeterUsage, CatalogueRules.Apply("p", deployed, Config(Calls, Users)).Definition!.Channel);
        var changed = CatalogueRules.Apply(
            "p", deployed, Config(Calls) with { Channel = DeliveryChannel.BatchMeterUsage });
        Assert.Equal(("channel", "fixed"), (changed.Errors.Single().Field, changed.Errors.Single().Code));
    }

    [Theory]
    [MemberData(nameof(Mistakes), DisableDiscoveryEnumeration = true)]
    public void Apply_Mistake_NamesFieldAndCode(string field, string code, string product, ProductConfig config)
    {
        var decision = CatalogueRules.Apply(product, null, config);
        Assert.Null(decision.Definition);
        var error = Assert.Single(decision.Errors);
        Assert.Equal((field, code), (error.Field, error.Code));
        Assert.NotEmpty(error.Message);
    }

    [Fact]
    public void Apply_SeveralMistakes_NamesThemAll()
    {
        var late = new LatePolicy((LatePolicyMode)7, default, new(-1));
        var config = Config(new DimensionConfig("", UniqueTag: "x")) with { Late = late };
        var codes = CatalogueRules.Apply("", null, config).Errors.Select(error => error.Code);
        Assert.Equal(
            ["invalid_name", "invalid_product_code", "not_allowed", "out_of_range", "out_of_range", "unknown_value"],
            codes.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Apply_LimitsOfTheLatePolicy_AreAllowed()
    {
        Accept(null, Late(new(LatePolicyMode.Refuse, TimeSpan.FromMinutes(1), TimeSpan.Zero)));
        Accept(null, Late(new(LatePolicyMode.CarryForward, TimeSpan.FromDays(35), TimeSpan.FromHours(1))));
    }

    [Fact]
    public void Apply_NewProduct_NumbersItsDimensionsAndFillsDefaults()
    {
        var product = Accept(null, Config(Calls, Users));
        Assert.Equal(("code", "code", 1), (product.Code, product.Name, product.Version));
        Assert.Equal(LatePolicy.Default, product.Late);
        Assert.Equal(
            [
                new(0, "api_calls", Aggregation.Sum, RoundingRule.Floor, null, Retired: false),
                new(1, "users", Aggregation.UniqueCount, RoundingRule.Floor, "user", Retired: false),
            ],
            product.Dimensions);
    }

    [Fact]
    public void Apply_UnchangedConfiguration_KeepsTheDefinition()
    {
        var product = Accept(null, Config(Calls, Users));
        Assert.Same(product, Accept(product, Config(Calls, Users)));
        Assert.Same(product, Accept(product, Config(Users, Calls)));
        Assert.Same(product, Accept(product, Config(Calls, Users) with { Name = "" }));
        Assert.Same(product, Accept(product, Config(Calls with { UniqueTag = "" }, Users)));
    }

    [Fact]
    public void Apply_DimensionNoLongerNamed_IsRetiredAndComesBackUnderItsOrdinal()
    {
        var first = Accept(null, Config(Calls, Users));
        var second = Accept(first, Config(Users));
        Assert.Equal([true, false], second.Dimensions.Select(dimension => dimension.Retired));
        var third = Accept(second, Config(new DimensionConfig("new"), Users));
        Assert.Equal((2, "new"), (third.Dimensions[2].Ordinal, third.Dimensions[2].Name));
        var fourth = Accept(third, Config(Calls with { Rounding = RoundingRule.Ceiling }));
        Assert.Equal([false, true, true], fourth.Dimensions.Select(dimension => dimension.Retired));
        Assert.Equal(RoundingRule.Ceiling, fourth.Dimensions[0].Rounding);
        Assert.Equal([1, 2, 3, 4], new[] { first, second, third, fourth }.Select(product => product.Version));
    }

    [Fact]
    public void Apply_OtherAggregationOrUniqueTag_IsRefusedEvenWhenRetired()
    {
        var product = Accept(Accept(null, Config(Calls, Users)), Config(new DimensionConfig("new")));
        AssertFixed(product, new("api_calls", Aggregation.Max));
        AssertFixed(product, new("users", Aggregation.UniqueCount, UniqueTag: "seat"));
    }

    [Fact]
    public void Apply_MoreThanAThousandDimensions_CountsTheRetired()
    {
        var thousand = Enumerable.Range(0, 1_000).Select(index => new DimensionConfig($"d{index}"));
        var full = Accept(null, Config([.. thousand]));
        Accept(full, Config(new DimensionConfig("d7")));
        var error = Assert.Single(CatalogueRules.Apply("code", full, Config(Calls)).Errors);
        Assert.Equal(("dimensions", "too_many"), (error.Field, error.Code));
    }

    [Fact]
    public void Apply_AnyHistoryOfConfigurations_NeverMovesAnOrdinal() =>
        Gen.OneOf("a", "b", "c", "d", "e").Array[1, 5].Array[1, 8].Sample(
            history =>
            {
                ProductDefinition? product = null;
                var ordinals = new Dictionary<string, int>();
                foreach (var names in history.Select(names => names.Distinct().ToArray()))
                {
                    var next = Accept(product, Config([.. names.Select(name => new DimensionConfig(name))]));
                    foreach (var dimension in next.Dimensions)
                    {
                        Assert.Equal(dimension.Name, next.Dimensions[dimension.Ordinal].Name);
                        ordinals.TryAdd(dimension.Name, dimension.Ordinal);
                        Assert.Equal(ordinals[dimension.Name], dimension.Ordinal);
                        Assert.Equal(!names.Contains(dimension.Name), dimension.Retired);
                    }

                    Assert.Equal(ordinals.Count, next.Dimensions.Count);
                    Assert.Equal(next == product ? product.Version : (product?.Version ?? 0) + 1, next.Version);
                    product = next;
                }
            },
            iter: 2_000);

    private static ProductConfig Config(params DimensionConfig[] dimensions) => new(null, null, dimensions);

    private static ProductConfig Late(LatePolicy late) => Config(Calls) with { Late = late };

    private static ProductDefinition Accept(ProductDefinition? current, ProductConfig config)
    {
        var decision = CatalogueRules.Apply("code", current, config);
        Assert.Empty(decision.Errors);
        return decision.Definition!;
    }

    private static void AssertFixed(ProductDefinition product, DimensionConfig config)
    {
        var error = Assert.Single(CatalogueRules.Apply("code", product, Config(config)).Errors);
        Assert.Equal(($"dimensions.{config.Name}.aggregation", "fixed"), (error.Field, error.Code));
    }
}
