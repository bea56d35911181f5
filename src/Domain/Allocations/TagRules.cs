using System.Buffers;

namespace Tally.Domain.Allocations;

/// <summary>Which tags AWS takes with a usage record.</summary>
/// <remarks>
/// Source: the service model, Tag, TagKey and TagValue. Its pattern reads <c>[a-zA-Z0-9+ -=._:\/@]</c>, where
/// <c> -=</c> is a range that admits more than the list in AWS's prose; what both admit is taken here.
/// </remarks>
public static class TagRules
{
    /// <summary>The most tags of an allocation, and the most keys in all allocations of a record.</summary>
    public const int KeysMax = 5;

    /// <summary>The longest key, in characters.</summary>
    public const int KeyLengthMax = 100;

    /// <summary>The longest value, in characters.</summary>
    public const int ValueLengthMax = 256;

    private static readonly SearchValues<char> Characters = SearchValues.Create(
        "+ -=._:/@0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    private static readonly SearchValues<byte> Bytes = SearchValues.Create(
        "+ -=._:/@0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"u8);

    /// <summary>Whether a text can be a key: 1 to 100 letters, digits, spaces and <c>+-=._:/@</c>.</summary>
    /// <param name="key">The text.</param>
    /// <returns>Whether it can.</returns>
    public static bool IsKey(string key) =>
        key.Length is > 0 and <= KeyLengthMax && !key.AsSpan().ContainsAnyExcept(Characters);

    /// <summary>Whether a text can be a value: 1 to 256 letters, digits, spaces and <c>+-=._:/@</c>.</summary>
    /// <param name="value">The text in UTF-8.</param>
    /// <returns>Whether it can.</returns>
    public static bool IsValue(ReadOnlySpan<byte> value) =>
        value.Length is > 0 and <= ValueLengthMax && !value.ContainsAnyExcept(Bytes);
}
