using System.Security.Cryptography;
using System.Text;

namespace Tally.Domain.Tenancy;

/// <summary>
/// How the pairs of access key id and secret are spelled that AWS's clients sign with. Whoever verifies a signature
/// needs the secret itself; so it is not kept, as a hash would be of no use, but computed when it is needed.
/// </summary>
public static class AccessKeyPair
{
    /// <summary>What secrets are derived for; see <see cref="KeyDerivation.Derive"/>.</summary>
    public const string Purpose = "access-keys";

    /// <summary>How many random bytes an id is made of.</summary>
    public const int IdBytes = 12;

    private const string Prefix = "TALLY";

    /// <summary>Spells an id: 29 letters and digits, as AWS's clients expect of one.</summary>
    /// <param name="random"><see cref="IdBytes"/> random bytes.</param>
    /// <returns>The id, which is no secret.</returns>
    public static string SpellId(ReadOnlySpan<byte> random) => Prefix + Convert.ToHexString(random);

    /// <summary>Whether a text can be an id; any other isn't looked for.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Whether it can.</returns>
    public static bool IsId(string text) =>
        text.Length == Prefix.Length + (2 * IdBytes)
        && text.StartsWith(Prefix, StringComparison.Ordinal)
        && text.AsSpan(Prefix.Length).IndexOfAnyExcept("0123456789ABCDEF") < 0;

    /// <summary>Computes the secret of an id: HMAC with SHA-256.</summary>
    /// <param name="key">The installation's key for <see cref="Purpose"/>.</param>
    /// <param name="id">The id.</param>
    /// <returns>The secret, spelled as other keys are, so that scanners find leaked ones.</returns>
    public static string SecretOf(ReadOnlySpan<byte> key, string id) =>
        ApiKeySecret.Spell(HMACSHA256.HashData(key, System.Text.Encoding.UTF8.GetBytes(id)));
}
