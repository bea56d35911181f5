using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace Tally.Settings.Tests;

public sealed class SettingsSectionTests
{
    [Fact]
    public void Set_EveryKind_IsRead()
    {
        var target = new Target();
        var section = Section(
            ("Name", "a"), ("count", "-2"), ("Size", "9000000000"), ("Wait", "00:00:05"), ("Is", "true"));
        Assert.Empty(section.Set(target));
        Assert.Equal(("a", -2, 9_000_000_000L, TimeSpan.FromSeconds(5), true), target.All);
    }

    [Theory]
    [InlineData("Nonsense", "1", "Part: 'Nonsense' is not an option.")]
    [InlineData("Count", "1.5", "Part: Count is '1.5'; it must be a whole number in its range.")]
    [InlineData("Wait", "soon", "Part: Wait is 'soon'; it must be a time like 00:00:05.")]
    [InlineData("Is", "perhaps", "Part: Is is 'perhaps'; it must be true or false.")]
    [InlineData("Size", "1", "Part: Size is set with the option size, outside of any section.")]
    public void Set_SomethingWrong_IsSaidAndChangesNothing(string name, string value, string error)
    {
        var target = new Target();
        var errors = Section((name, value)).Set(target, ("Size", "size"));
        Assert.Equal([error], errors);
        Assert.Equal(new Target().All, target.All);
    }

    [Fact]
    public void Validate_OutOfRange_NamesTheSection() =>
        Assert.StartsWith(
            "Part: ", Assert.Single(Section().Validate(new Target { Count = 11 })), StringComparison.Ordinal);

    private static SettingsSection Section(params (string Name, string Value)[] values) => new(
        new ConfigurationBuilder()
            .AddInMemoryCollection(values.Select(pair => KeyValuePair.Create($"Part:{pair.Name}", (string?)pair.Value)))
            .Build(),
        "Part");

    private sealed class Target
    {
        public string Name { get; set; } = "";

        [Range(-10, 10)]
        public int Count { get; set; }

        public long Size { get; set; }

        public TimeSpan Wait { get; set; }

        public bool Is { get; set; }

        public (string Name, int Count, long Size, TimeSpan Wait, bool Is) All => (Name, Count, Size, Wait, Is);
    }
}
