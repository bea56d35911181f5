using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Tally.Emulator.Notifications;

/// <summary>The key with which notifications are signed, and the certificate that receivers check them by.</summary>
internal sealed class SigningIdentity : IDisposable
{
    private const int KeyBits = 2048;
    private readonly RSA _key;
    private readonly Lock _signing = new();

    private SigningIdentity(RSA key, string certificatePem)
    {
        _key = key;
        CertificatePem = certificatePem;
        CertificateName = $"SimpleNotificationService-{Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes(certificatePem)).AsSpan(0, 16))}.pem";
    }

    public string CertificatePem { get; }

    /// <summary>The certificate's file name, which changes with it.</summary>
    public string CertificateName { get; }

    /// <summary>A new key, with a certificate that it signed itself.</summary>
    public static SigningIdentity Create(DateTimeOffset now)
    {
        var key = RSA.Create(KeyBits);
        var request = new CertificateRequest(
            "CN=sns.amazonaws.com", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(20));
        return new SigningIdentity(key, certificate.ExportCertificatePem());
    }

    public static SigningIdentity FromPem(SigningPem pem)
    {
        var key = RSA.Create();
        key.ImportFromPem(pem.PrivateKey);
        return new SigningIdentity(key, pem.Certificate);
    }

    public SigningPem ToPem() => new(_key.ExportPkcs8PrivateKeyPem(), CertificatePem);

    /// <summary>The signature in base64. Version 1 hashes with SHA-1, version 2 with SHA-256.</summary>
    public string Sign(string text, string version)
    {
        var hash = version is "2" ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1;
        lock (_signing)
            return Convert.ToBase64String(_key.SignData(Encoding.UTF8.GetBytes(text), hash, RSASignaturePadding.Pkcs1));
    }

    public void Dispose() => _key.Dispose();
}
