using Tally.Api.Compatibility.Wire;
using Tally.Contracts.Registration;

namespace Tally.Api.Compatibility.Registration;

/// <summary>
/// ResolveCustomer and RegisterUsage: only AWS can answer them, so they are passed on to it by a silo, which has the
/// credentials. A customer that was resolved is known from then on.
/// </summary>
/// <param name="grains">Where the silos are.</param>
internal sealed class ForwardedRegistration(IGrainFactory grains)
{
    private const int NonceLengthMax = 255;

    /// <summary>Finds out who came with a registration token.</summary>
    /// <param name="call">The call.</param>
    /// <returns>The answer.</returns>
    public async Task<AwsAnswer> Resolve(AwsCall call)
    {
        var request = call.Read(AwsJsonContext.Default.ResolveCustomerRequest);
        if (string.IsNullOrEmpty(request.RegistrationToken))
        {
            return AwsAnswer.Of(AwsError.Validation("registrationToken", "not be null or empty"));
        }

        var reply = await grains.GetGrain<IRegistrationGrain>(call.Tenant).Resolve(request.RegistrationToken);
        return reply is { Product: { } product, Identity: { } identity }
            ? AwsAnswer.Of(
                new ResolveCustomerResult(
                    identity.AwsAccountId, identity.CustomerIdentifier, identity.LicenseArn, product),
                AwsJsonContext.Default.ResolveCustomerResult)
            : AwsAnswer.Of(ErrorOf(reply.Error));
    }

    /// <summary>Registers that a container started.</summary>
    /// <param name="call">The call.</param>
    /// <returns>The answer.</returns>
    public async Task<AwsAnswer> Register(AwsCall call)
    {
        var request = call.Read(AwsJsonContext.Default.RegisterUsageRequest);
        if (request.ProductCode is null || request.PublicKeyVersion is not >= 1)
        {
            return AwsAnswer.Of(request.ProductCode is null
                ? AwsError.Validation("productCode", "not be null")
                : AwsError.Validation("publicKeyVersion", "have value greater than or equal to 1"));
        }

        if (request.Nonce?.Length > NonceLengthMax)
        {
            return AwsAnswer.Of(AwsError.Validation("nonce", $"have length less than or equal to {NonceLengthMax}"));
        }

        var reply = await grains.GetGrain<IRegistrationGrain>(call.Tenant)
            .Register(request.ProductCode, request.PublicKeyVersion.Value, request.Nonce);
        return reply.Signature is not null
            ? AwsAnswer.Of(
                new RegisterUsageResult(reply.PublicKeyRotation?.ToUnixTimeSeconds(), reply.Signature),
                AwsJsonContext.Default.RegisterUsageResult)
            : AwsAnswer.Of(ErrorOf(reply.Error));
    }

    private static AwsError ErrorOf(RegistrationError? error) => error is null
        ? AwsError.Internal("AWS answered nothing that can be used; try again.")
        : new(error.Code, error.Message);
}
