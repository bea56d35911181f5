using System.Security.Cryptography;

namespace Tally.Domain.Tenancy;

/// <summary>Makes keys for single purposes out of an installation's master key.</summary>
/// <remarks>
/// One secret is kept and many are used: whoever learns the key of one purpose learns nothing of another, nor of the
/// master key (HKDF with SHA-256, RFC 5869).
/// </remarks>
public static class KeyDerivation
{
    /// <summary>How long keys are, master keys and derived ones, in bytes.</summary>
    public const int KeyBytes = 32;

    /// <summary>Derives the key of a purpose; always the same one.</summary>
    /// <param name="master">The master key, at least <see cref="KeyBytes"/> bytes.</param>
    /// <param name="purpose">What the key is for, not empty, such as <c>registration-tokens</c>.</param>
    /// <returns><see cref="KeyBytes"/> bytes.</returns>
    /// <exception cref="ArgumentException">The master key is too short or the purpose empty.</exception>
    public static byte[] Derive(ReadOnlySpan<byte> master, string purpose)
    {
        ArgumentException.ThrowIfNullOrEmpty(purpose);
        if (master.Length < KeyBytes)
        {
            throw new ArgumentException($"A master key has at least {KeyBytes} bytes.", nameof(master));
        }

        var key = new byte[KeyBytes];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, master, key, salt: [], System.Text.Encoding.UTF8.GetBytes(purpose));
        return key;
    }

    /// <summary>Reads a master key as configuration spells it.</summary>
    /// <param name="text">At least <see cref="KeyBytes"/> bytes in base64.</param>
    /// <returns>The key; null when it is no such text.</returns>
    public static byte[]? ParseMaster(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var count) && count >= KeyBytes ? bytes[..count] : null;
    }
}
