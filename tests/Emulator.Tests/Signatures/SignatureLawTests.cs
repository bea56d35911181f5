using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Tally.Emulator.Signatures;

namespace Tally.Emulator.Tests.Signatures;

/// <summary>What holds for every request.</summary>
public sealed class SignatureLawTests
{
    private const string Authorization = "authorization";
    private const string Token = "a-token";

    private static readonly Signer Signer = new() { Path = "/a", Query = "a=1&ab=2", Token = Token };
    private static readonly SignatureCheck Check = new(
        [Signer.Key with { SessionToken = Token }],
        new FakeTimeProvider(Signer.Now));

    [Fact]
    public void Check_Unchanged_IsAccepted() => Assert.Null(Check.Check(Signer.Sign().Request).Error);

    [Fact]
    public void Check_OneCharacterOfAnythingSignedIsChanged_IsRefused()
    {
        var (_, headers) = Signer.Sign();
        string[] places = ["method", "path", "query", "body", .. headers.Keys.Where(name => name != Authorization)];
        Gen.Select(OneOf(places), Gen.Int[0, 1000], Gen.Char['!', '~'])
            .Where(change => IsAnother(change, headers))
            .Sample(change =>
            {
                var (what, at, other) = change;
                var changed = new Dictionary<string, string>(headers, StringComparer.OrdinalIgnoreCase);
                var signer = what switch
                {
                    "method" => Signer with { Method = With(Signer.Method, at, other) },
                    "path" => Signer with { Path = With(Signer.Path, at, other) },
                    "query" => Signer with { Query = With(Signer.Query, at, other) },
                    "body" => Signer with { Body = With(Signer.Body, at, other) },
                    _ => Signer,
                };
                if (headers.TryGetValue(what, out var value)) changed[what] = With(value, at, other);
                var (error, caller) = Check.Check(signer.RequestOf(changed));
                return caller is null && error is { HttpStatus: 400 };
            });
    }

    [Fact]
    public void Check_AnyAuthorizationAtAll_IsAnsweredWithAnError()
    {
        var (_, headers) = Signer.Sign();
        var pieces = Gen.OneOf(
            OneOf(
                "AWS4-HMAC-SHA256", " ", "Credential=", "Signature=", "SignedHeaders=", "host", "/", ",", "=", ";",
                "AKIDEXAMPLE/20261123/eu-west-1/aws-marketplace/aws4_request"),
            Gen.String);
        pieces.Array[0, 20].Select(string.Concat).Sample(text => IsRefused(headers, text));
    }

    [Fact]
    public void Check_AnyPartsOfAnAuthorization_AreAnsweredWithAnError()
    {
        var (_, headers) = Signer.Sign();
        Gen.Select(Gen.String, Gen.String, Gen.String).Sample((names, signature, region) => IsRefused(
            headers,
            $"AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261123/{region}/aws-marketplace/aws4_request, "
            + $"SignedHeaders=host;{names}, Signature=x{signature}"));
    }

    [Fact]
    public void Identify_NotRequired_BelievesAnyAuthorizationWithoutAnError()
    {
        var identification = new CallerIdentification(new EmulatorOptions(), new FakeTimeProvider(Signer.Now));
        var (_, headers) = Signer.Sign();
        Gen.Select(OneOf("", "AWS4-", "AWS4-HMAC-SHA256 Credential="), Gen.String).Sample((start, rest) =>
        {
            var (error, caller) = identification.Identify(Signer.RequestOf(Replaced(headers, start + rest)));
            return error is null && caller is { AccountId.Length: 12, Region.Length: > 0 };
        });
    }

    private static bool IsRefused(Dictionary<string, string> headers, string authorization)
    {
        var (error, caller) = Check.Check(Signer.RequestOf(Replaced(headers, authorization)));
        return caller is null && error is { HttpStatus: 400 };
    }

    private static Dictionary<string, string> Replaced(Dictionary<string, string> headers, string authorization) =>
        new(headers, StringComparer.OrdinalIgnoreCase) { [Authorization] = authorization };

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(at => texts[at]);

    private static bool IsAnother((string What, int At, char Other) change, Dictionary<string, string> headers)
    {
        var text = change.What switch
        {
            "method" => Signer.Method,
            "path" => Signer.Path,
            "query" => Signer.Query,
            "body" => Signer.Body,
            _ => headers[change.What],
        };
        return text[change.At % text.Length] != change.Other;
    }

    private static string With(string text, int at, char other)
    {
        var index = at % text.Length;
        return text[..index] + other + text[(index + 1)..];
    }
}
