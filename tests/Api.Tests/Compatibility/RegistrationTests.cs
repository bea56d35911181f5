using Amazon.AWSMarketplaceMetering;
using Amazon.AWSMarketplaceMetering.Model;
using Tally.Api.Tests.Stage;

namespace Tally.Api.Tests.Compatibility;

public sealed class RegistrationTests(AwsStage stage) : IClassFixture<AwsStage>
{
    [Fact]
    public async Task ResolveCustomer_KnownToken_SaysWho()
    {
        var (_, aws) = await stage.NewSeller();

        var answer = await aws.ResolveCustomerAsync(
            new() { RegistrationToken = StageRegistration.Token }, TestContext.Current.CancellationToken);

        Assert.Equal(("p", "cust-1"), (answer.ProductCode, answer.CustomerIdentifier));
    }

    [Fact]
    public async Task ResolveCustomer_OtherToken_IsRefusedAsAwsDoes()
    {
        var (_, aws) = await stage.NewSeller();

        await Assert.ThrowsAsync<InvalidTokenException>(() => aws.ResolveCustomerAsync(
            new() { RegistrationToken = "x" }, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task RegisterUsage_GoodRequest_IsAnsweredWithWhatAwsSigned()
    {
        var (_, aws) = await stage.NewSeller();

        var answer = await aws.RegisterUsageAsync(
            new() { ProductCode = "p", PublicKeyVersion = 1, Nonce = "n" }, TestContext.Current.CancellationToken);

        Assert.Equal("p.1.n", answer.Signature);
    }

    [Fact]
    public async Task RegisterUsage_WithoutKeyVersion_IsRefused()
    {
        var (_, aws) = await stage.NewSeller();

        var exception = await Assert.ThrowsAnyAsync<AmazonAWSMarketplaceMeteringException>(
            () => aws.RegisterUsageAsync(new() { ProductCode = "p" }, TestContext.Current.CancellationToken));

        Assert.Equal("ValidationException", exception.ErrorCode);
    }
}
