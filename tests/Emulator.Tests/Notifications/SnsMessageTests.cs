using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Tally.Emulator.Notifications;
using Tally.Emulator.Tests.Processes;

namespace Tally.Emulator.Tests.Notifications;

/// <summary>Envelope and signature, apart from how they are delivered.</summary>
public sealed class SnsMessageTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 10, 30, 0, 7, TimeSpan.FromHours(2));
    private static readonly Uri Certificate = new("http://localhost:4600/_emulator/sns/c.pem");
    private static readonly SnsMessage Told = new()
    {
        Type = SnsMessage.Notification,
        MessageId = "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
        TopicArn = "arn:aws:sns:us-east-1:287250355862:t",
        Message = "{\"a\":\"é\n\\\"<&+\"}",
        Timestamp = Now,
        UnsubscribeUrl = new Uri("http://localhost:4600/_emulator/sns/?Action=Unsubscribe&SubscriptionArn=a%3Ab"),
    };

    private static readonly SnsMessage Asked = Told with
    {
        Type = SnsMessage.SubscriptionConfirmation,
        UnsubscribeUrl = null,
        Token = "2f6c",
        SubscribeUrl = new Uri("http://localhost:4600/_emulator/sns/?Action=ConfirmSubscription&TopicArn=a%3Ab"),
    };

    public static TheoryData<string, string> SignedParts => new()
    {
        { "told", "Message,MessageId,Timestamp,TopicArn,Type" },
        { "subject", "Message,MessageId,Subject,Timestamp,TopicArn,Type" },
        { "asked", "Message,MessageId,SubscribeURL,Timestamp,Token,TopicArn,Type" },
    };

    [Theory]
    [MemberData(nameof(SignedParts))]
    public async Task Signature_IsAcceptedByOpenSsl_UntilAByteIsAnother(string kind, string names)
    {
        AwsTool.SkipWithout(AwsTool.OpenSsl);
        using var identity = SigningIdentity.Create(Now);
        foreach (var (version, hash) in new[] { ("1", "-sha1"), ("2", "-sha256") })
        {
            var envelope = Parse(MessageOf(kind).ToJson(identity, Certificate, version));
            Assert.Equal(version, Text(envelope, "SignatureVersion"));
            var signed = string.Concat(names.Split(',').Select(name => $"{name}\n{Text(envelope, name)}\n"));
            var signature = Convert.FromBase64String(Text(envelope, "Signature"));
            Assert.Equal("Verified OK", await AskOpenSslAsync(identity.CertificatePem, hash, signed, signature));
            Assert.Equal(
                "Verification failure", await AskOpenSslAsync(identity.CertificatePem, hash, signed + " ", signature));
        }
    }

    [Theory]
    [InlineData("told", "Type,MessageId,TopicArn,Message,Timestamp,SignatureVersion,Signature,SigningCertURL,"
        + "UnsubscribeURL")]
    [InlineData("subject", "Type,MessageId,TopicArn,Subject,Message,Timestamp,SignatureVersion,Signature,"
        + "SigningCertURL,UnsubscribeURL")]
    [InlineData("asked", "Type,MessageId,Token,TopicArn,Message,SubscribeURL,Timestamp,SignatureVersion,Signature,"
        + "SigningCertURL")]
    public void Envelope_HasTheMembersThatSnsSends_InItsOrder(string kind, string names)
    {
        using var identity = SigningIdentity.Create(Now);
        var envelope = Parse(MessageOf(kind).ToJson(identity, Certificate, "1"));
        Assert.Equal(names.Split(','), envelope.EnumerateObject().Select(member => member.Name));
        Assert.Equal("2026-11-23T08:30:00.007Z", Text(envelope, "Timestamp"));
        Assert.Equal(Told.Message, Text(envelope, "Message"));
        Assert.Equal(Certificate.AbsoluteUri, Text(envelope, "SigningCertURL"));
    }

    [Fact]
    public void Identity_FromItsPem_SignsWhatTheFirstOnesCertificateProves()
    {
        using var made = SigningIdentity.Create(Now);
        using var read = SigningIdentity.FromPem(made.ToPem());
        Assert.Equal((made.CertificatePem, made.CertificateName), (read.CertificatePem, read.CertificateName));
        using var certificate = X509Certificate2.CreateFromPem(made.CertificatePem);
        Assert.Equal("CN=sns.amazonaws.com", certificate.Subject);
        Assert.True(certificate.NotBefore < Now.UtcDateTime && Now.UtcDateTime.AddYears(10) < certificate.NotAfter);
        Assert.Matches(@"^SimpleNotificationService-[0-9a-f]{32}\.pem\z", made.CertificateName);
        Assert.True(certificate.GetRSAPublicKey()!.VerifyData(
            "text"u8, Convert.FromBase64String(read.Sign("text", "2")), HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1));
    }

    private static SnsMessage MessageOf(string kind) => kind switch
    {
        "told" => Told,
        "subject" => Told with { Subject = "AWS Marketplace: é" },
        _ => Asked,
    };

    private static JsonElement Parse(string json) => JsonSerializer.Deserialize<JsonElement>(json);

    private static string Text(JsonElement envelope, string name) => envelope.GetProperty(name).GetString()!;

    /// <summary>As the SNS developer guide has it for the shell.</summary>
    private static async Task<string> AskOpenSslAsync(string pem, string hash, string signed, byte[] signature)
    {
        var folder = Directory.CreateTempSubdirectory("sns-").FullName;
        string Of(string name) => Path.Combine(folder, name);
        await File.WriteAllTextAsync(Of("c.pem"), pem);
        await File.WriteAllBytesAsync(Of("signed"), Encoding.UTF8.GetBytes(signed));
        await File.WriteAllBytesAsync(Of("signature"), signature);
        var key = await AwsTool.RunAsync(AwsTool.OpenSsl, "x509", "-pubkey", "-noout", "-in", Of("c.pem"));
        await File.WriteAllTextAsync(Of("key.pem"), key.Output);
        var answer = await AwsTool.RunAsync(
            AwsTool.OpenSsl, "dgst", hash, "-verify", Of("key.pem"), "-signature", Of("signature"), Of("signed"));
        Directory.Delete(folder, recursive: true);
        return answer.Output.Trim();
    }
}
