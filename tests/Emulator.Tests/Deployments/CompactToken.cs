using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Tally.Emulator.Tests.Hosting;

namespace Tally.Emulator.Tests.Deployments;

/// <summary>A JSON Web Token taken apart as a seller's software does it.</summary>
internal sealed record CompactToken(string Header, string Payload, byte[] Signed, byte[] Signature)
{
    public static CompactToken Of(Reply reply)
    {
        var text = reply.Json.GetProperty("Signature").GetString()!;
        var parts = text.Split('.');
        Assert.Equal(3, parts.Length);
        return new CompactToken(
            Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[0])),
            Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1])),
            Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"),
            Base64Url.DecodeFromChars(parts[2]));
    }

    public bool IsSignedBy(string pem)
    {
        using var rsa = RSA.Create();
        rsa.ImportFromPem(pem);
        Assert.Equal(2048, rsa.KeySize);
        return rsa.VerifyData(Signed, Signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
    }
}
