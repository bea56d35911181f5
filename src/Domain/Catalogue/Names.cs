using System.Buffers;

namespace Tally.Domain.Catalogue;

/// <summary>Which texts may name tenants, products, customers and events.</summary>
public static class Names
{
    /// <summary>The longest product code, customer, dimension or event id, in characters.</summary>
    public const int LengthMax = 255;

    /// <summary>The longest tenant name, in characters.</summary>
    public const int TenantLengthMax = 63;

    private static readonly SearchValues<char> ProductCharacters = SearchValues.Create(
        "-/=:_.@0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    private static readonly SearchValues<char> TenantCharacters = SearchValues.Create(
        "-0123456789abcdefghijklmnopqrstuvwxyz");

    /// <summary>
    /// Whether a text can be a product code: 1 to 255 characters of <c>-a-zA-Z0-9/=:_.@</c>. Source: the service
    /// model, ProductCode.
    /// </summary>
    /// <param name="code">The text.</param>
    /// <returns>Whether it can.</returns>
    public static bool IsProductCode(string code) =>
        code.Length is > 0 and <= LengthMax && !code.AsSpan().ContainsAnyExcept(ProductCharacters);

    /// <summary>Whether a text can name a tenant: 1 to 63 lower-case letters, digits and hyphens.</summary>
    /// <param name="name">The text.</param>
    /// <returns>Whether it can.</returns>
    public static bool IsTenant(string name) =>
        name.Length is > 0 and <= TenantLengthMax && !name.AsSpan().ContainsAnyExcept(TenantCharacters);

    /// <summary>
    /// Whether a text can name a customer, a dimension or an event: 1 to 255 characters of any kind but those that
    /// not every store gives back as they are, which are U+0000 and halves of a surrogate pair. Two names that are
    /// the same once stored would be counted as one.
    /// </summary>
    /// <param name="name">The text.</param>
    /// <returns>Whether it can.</returns>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= LengthMax
        && !name.AsSpan().Contains('\0')
        && (!name.AsSpan().ContainsAnyInRange('\ud800', '\udfff') || HasOnlyWholePairs(name));

    private static bool HasOnlyWholePairs(string name)
    {
        for (var index = 0; index < name.Length; index++)
        {
            if (!char.IsSurrogate(name[index]))
            {
                continue;
            }

            if (index + 1 == name.Length || !char.IsSurrogatePair(name[index], name[index + 1]))
            {
                return false;
            }

            index++;
        }

        return true;
    }
}
