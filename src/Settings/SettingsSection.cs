using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Tally.Settings;

/// <summary>
/// A section of environment and configuration file, which sets one part that a program is made of. In the environment
/// section and option are joined by two underscores: <c>Tally__SealConcurrency=64</c>.
/// </summary>
/// <param name="configuration">Where the section is.</param>
/// <param name="name">Its name.</param>
public sealed class SettingsSection(IConfiguration configuration, string name)
{
    /// <summary>Sets the properties of an object that the section names.</summary>
    /// <param name="target">The object.</param>
    /// <param name="elsewhere">Properties that are set with an option outside of any section, and that option.</param>
    /// <returns>What is wrong, one sentence each.</returns>
    public IReadOnlyList<string> Set(object target, params (string Name, string Instead)[] elsewhere)
    {
        var errors = new List<string>();
        foreach (var child in configuration.GetSection(name).GetChildren())
        {
            var property = target.GetType().GetProperty(
                child.Key, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase);
            if (property is null)
            {
                errors.Add($"{name}: '{child.Key}' is not an option.");
            }
            else if (Array.Find(elsewhere, option => option.Name == property.Name) is { Instead: { } instead })
            {
                errors.Add($"{name}: {property.Name} is set with the option {instead}, outside of any section.");
            }
            else if (Parse(property.PropertyType, child.Value) is { } value)
            {
                property.SetValue(target, value);
            }
            else
            {
                var kind = KindOf(property.PropertyType);
                errors.Add($"{name}: {property.Name} is '{child.Value}'; it must be {kind}.");
            }
        }

        return errors;
    }

    /// <summary>Names the section in front of what is wrong with what it sets.</summary>
    /// <param name="failures">What is wrong; null for nothing.</param>
    /// <returns>The same, named.</returns>
    public IEnumerable<string> Failures(IEnumerable<string>? failures) =>
        (failures ?? []).Select(failure => $"{name}: {failure}");

    /// <summary>Finds what is wrong with an object by its annotations.</summary>
    /// <param name="target">The object.</param>
    /// <returns>One sentence each.</returns>
    public IEnumerable<string> Validate(object target)
    {
        var invalid = new List<ValidationResult>();
        Validator.TryValidateObject(target, new ValidationContext(target), invalid, validateAllProperties: true);
        return Failures(invalid.Select(result => result.ErrorMessage ?? ""));
    }

    private static object? Parse(Type type, string? text)
    {
        var culture = CultureInfo.InvariantCulture;
        return type switch
        {
            _ when type == typeof(string) => text,
            _ when type == typeof(bool) => bool.TryParse(text, out var flag) ? flag : null,
            _ when type == typeof(int) =>
                int.TryParse(text, NumberStyles.AllowLeadingSign, culture, out var count) ? count : null,
            _ when type == typeof(long) =>
                long.TryParse(text, NumberStyles.AllowLeadingSign, culture, out var number) ? number : null,
            _ when type == typeof(TimeSpan) => TimeSpan.TryParseExact(text, "c", culture, out var time) ? time : null,
            _ => throw new NotSupportedException($"Options of the type {type} can't be read."),
        };
    }

    private static string KindOf(Type type) => type switch
    {
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(TimeSpan) => "a time like 00:00:05",
        _ when type == typeof(string) => "a text",
        _ => "a whole number in its range",
    };
}
