using System.Buffers.Text;
using System.Security.Cryptography;
using CsCheck;
using Tally.Domain.Entitlement;
using TextEncoding = System.Text.Encoding;

namespace Tally.Domain.Tests.Entitlement;

public sealed class RegistrationSignatureTests
{
    private const string Header = """{"alg":"PS256","typ":"JWT"}""";
    private const string Payload =
        """{"productCode":"agent-1","publicKeyVersion":2,"nonce":"n-1","iat":1795342830}""";

    private static readonly RegistrationClaim Claim = new("agent-1", 2, "n-1");

    // Making a key takes long; they only read it.
    private static readonly RSA Key = RSA.Create(2_048);

    private static string Pem => Key.ExportSubjectPublicKeyInfoPem();

    [Fact]
    public void Check_SignedClaim_IsRight() =>
        Assert.Equal(SignatureFault.None, RegistrationSignature.Check(Sign(Header, Payload), Pem, Claim));

    [Theory]
    [InlineData("""{"ProductCode":"agent-1","PublicKeyVersion":2,"Nonce":"n-1"}""", SignatureFault.None)]
    [InlineData("""{"productCode":"agent-1","publicKeyVersion":"2","nonce":"n-1"}""", SignatureFault.None)]
    [InlineData("""{"productCode":"agent-2","publicKeyVersion":2,"nonce":"n-1"}""", SignatureFault.WrongProduct)]
    [InlineData(
        """{"productCode":"agent-2","ProductCode":"agent-1","publicKeyVersion":2,"nonce":"n-1"}""",
        SignatureFault.WrongProduct)]
    [InlineData("""{"publicKeyVersion":2,"nonce":"n-1"}""", SignatureFault.WrongProduct)]
    [InlineData("""{"productCode":"agent-1","publicKeyVersion":1,"nonce":"n-1"}""", SignatureFault.WrongKeyVersion)]
    [InlineData("""{"productCode":"agent-1","nonce":"n-1"}""", SignatureFault.WrongKeyVersion)]
    [InlineData("""{"productCode":"agent-1","publicKeyVersion":2,"nonce":"n-2"}""", SignatureFault.WrongNonce)]
    [InlineData("""{"productCode":"agent-1","publicKeyVersion":2,"nonce":null}""", SignatureFault.WrongNonce)]
    [InlineData("""{"productCode":"agent-1","publicKeyVersion":2}""", SignatureFault.WrongNonce)]
    [InlineData("""["agent-1"]""", SignatureFault.Malformed)]
    [InlineData("agent-1", SignatureFault.Malformed)]
    [InlineData(
        """{"productCode":"agent-1","publicKeyVersion":2,"nonce":"n-2","nonce":"n-1"}""", SignatureFault.Malformed)]
    public void Check_OtherClaims_SaysWhich(string payload, SignatureFault fault) =>
        Assert.Equal(fault, RegistrationSignature.Check(Sign(Header, payload), Pem, Claim));

    [Theory]
    [InlineData("""{"alg":"none"}""")]
    [InlineData("""{"alg":"RS256"}""")]
    [InlineData("""{"alg":"HS256"}""")]
    [InlineData("""{"alg":"ps256"}""")]
    [InlineData("""{"typ":"JWT"}""")]
    [InlineData("""{"alg":"PS256","crit":["b64"],"b64":false}""")]
    public void Check_AnotherAlgorithm_IsRefusedThoughTheSignatureWouldBeRight(string header) => Assert.Equal(
        SignatureFault.WrongAlgorithm, RegistrationSignature.Check(Sign(header, Payload), Pem, Claim));

    [Fact]
    public void Check_NoAlgorithmAndNoProof_IsRefused()
    {
        var unsigned = $"{Encode("""{"alg":"none"}""")}.{Encode(Payload)}.";
        Assert.Equal(SignatureFault.Malformed, RegistrationSignature.Check(unsigned, Pem, Claim));
    }

    [Fact]
    public void Check_SignedWithThePublicKeyAsASharedSecret_IsRefused()
    {
        var signed = $"{Encode("""{"alg":"HS256"}""")}.{Encode(Payload)}";
        var proof = HMACSHA256.HashData(TextEncoding.ASCII.GetBytes(Pem), TextEncoding.ASCII.GetBytes(signed));
        Assert.Equal(
            SignatureFault.WrongAlgorithm,
            RegistrationSignature.Check($"{signed}.{Base64Url.EncodeToString(proof)}", Pem, Claim));
    }

    [Fact]
    public void Check_OtherPadding_IsRefused() => Assert.Equal(
        SignatureFault.WrongSignature,
        RegistrationSignature.Check(Sign(Header, Payload, RSASignaturePadding.Pkcs1), Pem, Claim));

    [Fact]
    public void Check_SomebodyElsesKey_IsRefused()
    {
        using var other = RSA.Create(2_048);
        Assert.Equal(
            SignatureFault.WrongSignature,
            RegistrationSignature.Check(Sign(Header, Payload), other.ExportSubjectPublicKeyInfoPem(), Claim));
    }

    [Fact]
    public void Check_ClaimsChangedAfterwards_AreRefused()
    {
        var parts = Sign(Header, Payload.Replace("n-1", "n-2", StringComparison.Ordinal)).Split('.');
        Assert.Equal(
            SignatureFault.WrongSignature,
            RegistrationSignature.Check($"{parts[0]}.{Encode(Payload)}.{parts[2]}", Pem, Claim));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a.b")]
    [InlineData("a.b.c.d")]
    public void Check_NoSignature_IsMalformed(string? signature) =>
        Assert.Equal(SignatureFault.Malformed, RegistrationSignature.Check(signature, Pem, Claim));

    [Fact]
    public void Check_CutOffOrChangedAnywhere_IsNeverRight()
    {
        var signature = Sign(Header, Payload);
        Gen.Int[0, signature.Length - 1].Sample(at =>
        {
            Assert.NotEqual(SignatureFault.None, RegistrationSignature.Check(signature[..at], Pem, Claim));
            var other = signature[at] == 'A' ? 'B' : 'A';
            var changed = $"{signature[..at]}{other}{signature[(at + 1)..]}";
            Assert.NotEqual(SignatureFault.None, RegistrationSignature.Check(changed, Pem, Claim));
            Assert.NotEqual(SignatureFault.None, RegistrationSignature.Check(signature.Insert(at, "="), Pem, Claim));
        });
        Assert.Equal(
            SignatureFault.Malformed,
            RegistrationSignature.Check(signature + new string('A', RegistrationSignature.LengthMax), Pem, Claim));
    }

    [Fact]
    public void IsPublicKey_AnythingButAnRsaKey_IsNone()
    {
        using var small = RSA.Create(512);
        using var curve = ECDsa.Create();
        Assert.True(RegistrationSignature.IsPublicKey(Pem));
        Assert.False(RegistrationSignature.IsPublicKey(small.ExportSubjectPublicKeyInfoPem()));
        Assert.False(RegistrationSignature.IsPublicKey(curve.ExportSubjectPublicKeyInfoPem()));
        Assert.False(RegistrationSignature.IsPublicKey("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"));
        Assert.False(RegistrationSignature.IsPublicKey(""));
        Assert.Throws<ArgumentException>(() => RegistrationSignature.Check("a.b.c", "", Claim));
    }

    private static string Encode(string text) => Base64Url.EncodeToString(TextEncoding.UTF8.GetBytes(text));

    private static string Sign(string header, string payload, RSASignaturePadding? padding = null)
    {
        var signed = $"{Encode(header)}.{Encode(payload)}";
        var proof = Key.SignData(
            TextEncoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, padding ?? RSASignaturePadding.Pss);
        return $"{signed}.{Base64Url.EncodeToString(proof)}";
    }
}
