using Tally.Emulator.Catalogue;
using Tally.Emulator.Rules;

namespace Tally.Emulator.Deployments;

/// <summary>The errors of <c>MeterUsage</c> and <c>RegisterUsage</c>.</summary>
internal static class DeploymentErrors
{
    public static ServiceError DuplicateRequest { get; } = new(
        "DuplicateRequestException",
        "A metering record has already been emitted by the same resource for the given usage dimension and hour "
        + "with a different usage quantity.");

    public static ServiceError TokenConflict { get; } = new(
        "IdempotencyConflictException",
        "The ClientToken is being used for multiple requests that are not identical.");

    public static ServiceError Unauthorized { get; } = new(
        "UnauthorizedException", "The caller's account is not subscribed to the product.");

    public static ServiceError PublicKeyVersion(int version) => new(
        "InvalidPublicKeyVersionException", $"The public key version {version} is not one of the product's.");

    public static ServiceError ProductCode(string code) => new(
        "InvalidProductCodeException", $"The product code '{code}' does not match a product.");

    public static ServiceError NotEntitled(string account, Product product) => new(
        "CustomerNotEntitledException",
        $"The account '{account}' does not have a valid subscription for the product '{product.Code}'.");

    public static ServiceError EndpointRegion(string region, Product product) => new(
        "InvalidEndpointRegionException",
        $"The endpoint's region '{region}' is not one of the product '{product.Code}'.");

    public static ServiceError Region(string region, Product product) => new(
        "InvalidRegionException", $"The region '{region}' is not one of the product '{product.Code}'.");

    public static ServiceError Platform(string? platform, Product product) => new(
        "PlatformNotSupportedException",
        $"The platform '{platform}' is not one on which usage of the product '{product.Code}' is registered.");

    public static ServiceError Disabled(Product product) => new(
        "DisabledApiException", $"The API is disabled for the product '{product.Code}'.");

    public static ServiceError Dimension(string dimension, Product product) => new(
        "InvalidUsageDimensionException",
        $"The usage dimension '{dimension}' does not match one of the dimensions of the product '{product.Code}'.");

    public static ServiceError Timestamp(decimal timestamp, AcceptanceRules rules) => new(
        "TimestampOutOfBoundsException",
        $"The timestamp {timestamp} is outside of the accepted time range of rule set {rules.Name}.");

    public static ServiceError DryRun(OpenPoints openPoints) =>
        new("DryRunOperation", "Request would have succeeded, but DryRun flag is set.")
        {
            HttpStatus = openPoints.DryRunStatus,
        };
}
