using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Amazon.AWSMarketplaceMetering.Model;
using Tally.Domain.Catalogue;
using Tally.Grains.Entitlement;

namespace Tally.Grains.Tests.Hosting;

/// <summary>RegisterUsage in memory, and the public key that goes with it.</summary>
internal sealed class FakeRegistration : IPublishedKeys, IDisposable
{
    /// <summary>The version of the key.</summary>
    public const int Version = 3;

    private readonly RSA _key = RSA.Create(2_048);

    /// <summary>Products that have a public key.</summary>
    public HashSet<string> Containers { get; } = [];

    /// <summary>Every registration that was asked for.</summary>
    public List<RegisterUsageRequest> Requests { get; } = [];

    /// <summary>Answers instead; may throw what AWS would.</summary>
    public Func<RegisterUsageRequest, RegisterUsageResponse>? Instead { get; set; }

    public PublishedKey? For(ProductKey product) => Containers.Contains(product.Code)
        ? new(Version, _key.ExportSubjectPublicKeyInfoPem())
        : null;

    public Task<RegisterUsageResponse> Answer(RegisterUsageRequest request)
    {
        Requests.Add(request);
        return Task.FromResult(Instead is { } instead ? instead(request) : new() { Signature = Sign(request) });
    }

    public string Sign(RegisterUsageRequest request)
    {
        var claims = JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["productCode"] = request.ProductCode,
            ["publicKeyVersion"] = request.PublicKeyVersion!.Value,
            ["nonce"] = request.Nonce,
        });
        var signed = $"{Encode("""{"alg":"PS256"}""")}.{Encode(claims)}";
        var proof = _key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
        return $"{signed}.{Base64Url.EncodeToString(proof)}";
    }

    public void Dispose() => _key.Dispose();

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
