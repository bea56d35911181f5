using Amazon.AWSMarketplaceMetering.Model;
using Tally.Contracts.Entitlement;
using Tally.Domain.Catalogue;
using Tally.Domain.Entitlement;
using Tally.Domain.Sealing;
using Tally.Grains.Tests.Hosting;

namespace Tally.Grains.Tests.Entitlement;

/// <summary>Whether usage is taken of a product whose buyer AWS knows, or doesn't.</summary>
public sealed class EntitlementTests
{
    private const string Self = ProductDefinition.OwnCustomer;

    [Fact]
    public async Task Post_Registered_IsTakenAndAsksOnceWithANonce()
    {
        await using var tally = await Started(isContainer: true);
        await Post(tally, 1);
        await Post(tally, 2);

        var request = Assert.Single(tally.Aws.Registration.Requests);
        Assert.Equal(("p", FakeRegistration.Version), (request.ProductCode, request.PublicKeyVersion));
        Assert.InRange(request.Nonce.Length, 32, 255);
    }

    [Theory]
    [InlineData("CustomerNotEntitledException")]
    [InlineData("PlatformNotSupportedException")]
    [InlineData("InvalidProductCodeException")]
    [InlineData("InvalidRegionException")]
    public async Task Post_RegistrationRefused_IsNotTakenUntilAwsSaysYes(string code)
    {
        await using var tally = await Started(isContainer: true);
        tally.Aws.Registration.Instead = _ => throw AwsErrors.Of(code);
        var refused = await Assert.ThrowsAsync<NotEntitledException>(() => Post(tally, 1));
        Assert.Contains(code, refused.Message, StringComparison.Ordinal);
        Assert.Null(await tally.Customer("p", Self).GetUsage());

        tally.Aws.Registration.Instead = null;
        await Retry.Until(async () =>
        {
            tally.Clock.Advance(TimeSpan.FromMinutes(1));
            await Post(tally, 1);
        });
    }

    [Fact]
    public async Task Post_SignatureOfAnotherNonce_IsNotTaken()
    {
        await using var tally = await Started(isContainer: true);
        tally.Aws.Registration.Instead = request => new RegisterUsageResponse
        {
            Signature = tally.Aws.Registration.Sign(new()
            {
                ProductCode = request.ProductCode,
                PublicKeyVersion = request.PublicKeyVersion,
                Nonce = "of yesterday",
            }),
        };
        var refused = await Assert.ThrowsAsync<NotEntitledException>(() => Post(tally, 1));
        Assert.Contains(nameof(SignatureFault.WrongNonce), refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_AwsIsThrottling_IsPutOffAndTakenLater()
    {
        await using var tally = await Started(isContainer: true);
        tally.Aws.Registration.Instead = _ => throw AwsErrors.Throttling();
        var unknown = await Assert.ThrowsAsync<EntitlementUnknownException>(() => Post(tally, 1));
        Assert.Contains("ThrottlingException", unknown.Message, StringComparison.Ordinal);

        tally.Aws.Registration.Instead = null;
        await Retry.Until(async () =>
        {
            tally.Clock.Advance(TimeSpan.FromSeconds(5));
            await Post(tally, 1);
        });
    }

    [Fact]
    public async Task Post_MachineImage_IsAskedByADryRun()
    {
        await using var tally = await Started(isContainer: false);
        tally.Aws.Meter.DryRunCode = "UnauthorizedException";
        await Assert.ThrowsAsync<NotEntitledException>(() => Post(tally, 1));
        tally.Aws.Meter.DryRunCode = "DryRunOperation";
        await Retry.Until(async () =>
        {
            tally.Clock.Advance(TimeSpan.FromMinutes(1));
            await Post(tally, 1);
        });
        Assert.Empty(tally.Aws.Registration.Requests);
        Assert.Empty(tally.Aws.Meter.Billed());
    }

    [Fact]
    public async Task Deliver_BuyerHasLeft_StopsIngestionAndKeepsWhatWasAccepted()
    {
        await using var tally = await Started(isContainer: true);
        await Post(tally, 1);
        tally.Aws.Meter.BeforeStore = _ => throw AwsErrors.Of("CustomerNotEntitledException");
        tally.Aws.Meter.DryRunCode = "UnauthorizedException";
        await tally.EndHour("p", flushesMax: 1);

        await Retry.Until(() => Assert.ThrowsAsync<NotEntitledException>(() => Post(tally, 2)));
        var record = Assert.Single((await tally.Customer("p", Self).GetUsage())!.Records);
        Assert.Equal(RecordState.Waiting, record.State);

        // Registering again would say yes, as it is refused only the first time.
        tally.Clock.Advance(TimeSpan.FromMinutes(1));
        await Assert.ThrowsAsync<NotEntitledException>(() => Post(tally, 2));
        Assert.Single(tally.Aws.Registration.Requests);
        tally.Aws.Meter.BeforeStore = _ => Task.CompletedTask;
        await tally.Drain("p");
        await Retry.Until(() => Post(tally, 2));
        Assert.Equal(7, Assert.Single(tally.Aws.Meter.Billed()).Value);
    }

    [Fact]
    public async Task Post_ProductOfTheOtherChannel_IsTakenWithoutAsking()
    {
        await using var tally = await TallyCluster.Start();
        await tally.PutProduct("p");
        tally.Aws.Meter.DryRunCode = "UnauthorizedException";
        await tally.Customer("p", "c").Post(UsageEvents.Batch(new UsageEvent(1, 7, tally.Clock.GetUtcNow())));
        Assert.Single((await tally.Customer("p", "c").GetUsage())!.Open);
    }

    private static async Task<TallyCluster> Started(bool isContainer)
    {
        var tally = await TallyCluster.Start();
        await tally.PutProduct(
            "p", new ProductConfig(null, null, [new("cpu")]) { Channel = DeliveryChannel.MeterUsage });
        if (isContainer)
        {
            tally.Aws.Registration.Containers.Add("p");
        }

        return tally;
    }

    private static async Task Post(TallyCluster tally, int id)
    {
        var reply = await tally.Customer("p", Self).Post(
            UsageEvents.Batch(new UsageEvent(id, 7, tally.Clock.GetUtcNow())));
        Assert.True(reply.Statuses.IsEmpty);
    }
}
