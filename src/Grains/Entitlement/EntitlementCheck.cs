using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using Amazon.AWSMarketplaceMetering;
using Amazon.AWSMarketplaceMetering.Model;
using Amazon.Runtime;
using Tally.Domain.Catalogue;
using Tally.Domain.Entitlement;

namespace Tally.Grains.Entitlement;

/// <summary>Asks AWS whether the buyer may use a product.</summary>
/// <param name="client">The AWS client, with the credentials of the buyer's account.</param>
/// <param name="productCode">The product.</param>
/// <param name="clock">What time it is.</param>
internal sealed class EntitlementCheck(IAmazonAWSMarketplaceMetering client, string productCode, TimeProvider clock)
{
    private const int NonceBytes = 32;

    /// <summary>Registers the container, and verifies that the answer is AWS's and to this very question.</summary>
    /// <param name="key">The product's public key.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What came of it.</returns>
    public Task<EntitlementAnswer> Register(PublishedKey key, CancellationToken cancellationToken) => Caught(
        async () =>
        {
            var claim = new RegistrationClaim(
                productCode, key.Version, Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(NonceBytes)));
            var request = new RegisterUsageRequest
            {
                ProductCode = claim.ProductCode,
                PublicKeyVersion = claim.PublicKeyVersion,
                Nonce = claim.Nonce,
            };
            var response = await client.RegisterUsageAsync(request, cancellationToken);
            var fault = RegistrationSignature.Check(response.Signature, key.Pem, claim);
            return fault == SignatureFault.None
                ? new(EntitlementVerdict.Entitled, null, null) { KeyRotatedAt = response.PublicKeyRotationTimestamp }
                : Answer(EntitlementRules.BadSignature, $"The registration's signature is refused: {fault}.");
        },
        cancellationToken);

    /// <summary>Asks without registering, by metering nothing.</summary>
    /// <param name="dimension">One of the product's dimensions.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What came of it.</returns>
    public Task<EntitlementAnswer> DryRun(string dimension, CancellationToken cancellationToken) => Caught(
        async () =>
        {
            var request = new MeterUsageRequest
            {
                ProductCode = productCode,
                UsageDimension = dimension,
                UsageQuantity = 0,
                Timestamp = DateTimeOffset.FromUnixTimeSeconds(clock.GetUtcNow().ToUnixTimeSeconds()).UtcDateTime,
                ClientToken = Guid.NewGuid().ToString("D", CultureInfo.InvariantCulture),
                DryRun = true,
            };
            await client.MeterUsageAsync(request, cancellationToken);

            // AWS answers a dry run with an error in any case.
            return new(EntitlementVerdict.Unknown, null, "AWS took a dry run for a call.");
        },
        cancellationToken);

    private static async Task<EntitlementAnswer> Caught(
        Func<Task<EntitlementAnswer>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask();
        }
        catch (AmazonServiceException exception)
        {
            var code = string.IsNullOrEmpty(exception.ErrorCode) ? exception.GetType().Name : exception.ErrorCode;
            return Answer(code, exception.Message);
        }
        catch (Exception exception) when (exception is AmazonClientException or HttpRequestException or IOException
            or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Answer(exception.GetType().Name, exception.Message);
        }
    }

    private static EntitlementAnswer Answer(string code, string message)
    {
        var verdict = EntitlementRules.Judge(code);
        return verdict == EntitlementVerdict.Entitled ? new(verdict, null, null) : new(verdict, code, message);
    }
}

/// <summary>What came of asking.</summary>
/// <param name="Verdict">What it says.</param>
/// <param name="Code">AWS's error code; null when nothing is wrong.</param>
/// <param name="Message">What is wrong, for people; null when nothing is.</param>
internal sealed record EntitlementAnswer(EntitlementVerdict Verdict, string? Code, string? Message)
{
    /// <summary>When the public key that was asked for was replaced, UTC; null when it is the last.</summary>
    public DateTime? KeyRotatedAt { get; init; }
}
