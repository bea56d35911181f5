using Tally.Domain.Entitlement;

namespace Tally.Domain.Tests.Entitlement;

public sealed class EntitlementRulesTests
{
    [Theory]
    [InlineData("DryRunOperation", EntitlementVerdict.Entitled)]
    [InlineData("CustomerNotEntitledException", EntitlementVerdict.NotEntitled)]
    [InlineData("UnauthorizedException", EntitlementVerdict.NotEntitled)]
    [InlineData("PlatformNotSupportedException", EntitlementVerdict.NotEntitled)]
    [InlineData("InvalidProductCodeException", EntitlementVerdict.NotEntitled)]
    [InlineData("InvalidRegionException", EntitlementVerdict.NotEntitled)]
    [InlineData("InvalidEndpointRegionException", EntitlementVerdict.NotEntitled)]
    [InlineData("InvalidPublicKeyVersionException", EntitlementVerdict.NotEntitled)]
    [InlineData("DisabledApiException", EntitlementVerdict.NotEntitled)]
    [InlineData(EntitlementRules.BadSignature, EntitlementVerdict.NotEntitled)]
    [InlineData("ThrottlingException", EntitlementVerdict.Unknown)]
    [InlineData("InternalServiceErrorException", EntitlementVerdict.Unknown)]
    [InlineData("AccessDeniedException", EntitlementVerdict.Unknown)]
    [InlineData("ExpiredTokenException", EntitlementVerdict.Unknown)]
    [InlineData("", EntitlementVerdict.Unknown)]
    [InlineData(null, EntitlementVerdict.Unknown)]
    public void Judge_Code_IsRefusalOnlyWhereAwsSpeaksOfBuyerOrProduct(string? code, EntitlementVerdict verdict) =>
        Assert.Equal(verdict, EntitlementRules.Judge(code));
}
