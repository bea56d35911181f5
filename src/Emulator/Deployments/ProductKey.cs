using System.Security.Cryptography;

namespace Tally.Emulator.Deployments;

/// <summary>One version of the key with which the service signs a product's registrations.</summary>
internal sealed record ProductKey
{
    private const int KeyBits = 2048;

    public required int Version { get; init; }

    /// <summary>The RSA key in PKCS #8.</summary>
    public required byte[] PrivateKey { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when on it is an old version; null: no newer one is planned.</summary>
    public DateTimeOffset? RotatesAt { get; init; }

    public static ProductKey Create(int version, DateTimeOffset now)
    {
        using var rsa = RSA.Create(KeyBits);
        return new ProductKey { Version = version, PrivateKey = rsa.ExportPkcs8PrivateKey(), CreatedAt = now };
    }

    /// <summary>RSASSA-PSS with SHA-256 and MGF1 of SHA-256, with a salt as long as the hash.</summary>
    public byte[] Sign(ReadOnlySpan<byte> text)
    {
        using var rsa = Open();
        return rsa.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
    }

    /// <summary>The public half as sellers get it: a SubjectPublicKeyInfo in PEM.</summary>
    public string ToPem()
    {
        using var rsa = Open();
        return rsa.ExportSubjectPublicKeyInfoPem() + "\n";
    }

    private RSA Open()
    {
        var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(PrivateKey, out _);
        return rsa;
    }
}
