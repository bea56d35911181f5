using System.Security.Cryptography;

namespace Tally.Domain.Tenancy;

/// <summary>How API keys are spelled and how they are stored.</summary>
public static class ApiKeySecret
{
    /// <summary>The fewest characters of a secret that somebody chose.</summary>
    public const int LengthMin = 16;

    /// <summary>The most characters of a secret.</summary>
    public const int LengthMax = 255;

    /// <summary>What the platform's own secrets begin with, so that scanners find leaked ones.</summary>
    public const string Prefix = "tally_";

    /// <summary>Spells a secret.</summary>
    /// <param name="random">32 random bytes.</param>
    /// <returns>The secret.</returns>
    public static string Spell(ReadOnlySpan<byte> random) => Prefix + Convert.ToHexStringLower(random);

    /// <summary>
    /// Hashes a secret for storage and look-up. Plain SHA-256 is right here, as secrets are random, not passwords.
    /// </summary>
    /// <param name="secret">The secret.</param>
    /// <returns>64 hexadecimal digits.</returns>
    public static string Hash(string secret) =>
        Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(secret)));
}
