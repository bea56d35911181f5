using Amazon.AWSMarketplaceMetering.Model;
using Tally.Contracts.Registration;
using Tally.Contracts.Tenants;
using Tally.Domain.Catalogue;
using Tally.Grains.Tests.Hosting;

namespace Tally.Grains.Tests.Registration;

/// <summary>What AWS is asked on behalf of applications.</summary>
public sealed class RegistrationTests
{
    private const string License = "arn:aws:license-manager:us-east-1:111122223333:license:l-1";

    [Fact]
    public async Task Resolve_CustomerIdentifier_IsKnownFromThenOn()
    {
        await using var tally = await Started(new() { ProductCode = "p", CustomerIdentifier = "cust-1" });

        var reply = await Registration(tally).Resolve("token");

        Assert.Equal(("p", "cust-1"), (reply.Product, reply.Customer));
        Assert.Equal(
            new CustomerIdentity("cust-1", null, null), (await tally.Customer("p", "cust-1").GetProfile())!.Identity);
    }

    [Fact]
    public async Task Resolve_Licence_IsACustomerOfItsOwn()
    {
        await using var tally = await Started(new()
        {
            ProductCode = "p",
            CustomerIdentifier = "cust-1",
            CustomerAWSAccountId = "123456789012",
            LicenseArn = License,
        });

        var reply = await Registration(tally).Resolve("token");

        Assert.Equal(new CustomerIdentity("cust-1", "123456789012", License), reply.Identity);
        Assert.Equal(
            new CustomerIdentity(null, "123456789012", License),
            (await tally.Customer("p", License).GetProfile())!.Identity);
    }

    [Fact]
    public async Task Resolve_AgainAfterSomebodyDescribedIt_StaysAsDescribed()
    {
        await using var tally = await Started(new() { ProductCode = "p", CustomerIdentifier = "cust-1" });
        await tally.Customer("p", "cust-1").PutProfile(new("ACME", new("other", null, null)));

        await Registration(tally).Resolve("token");

        Assert.Equal("ACME", (await tally.Customer("p", "cust-1").GetProfile())!.Name);
    }

    [Fact]
    public async Task Resolve_ProductThatIsNotDeclared_IsAnsweredAllTheSame()
    {
        await using var tally = await Started(new() { ProductCode = "q", CustomerIdentifier = "cust-1" });

        Assert.Equal("q", (await Registration(tally).Resolve("token")).Product);
    }

    [Fact]
    public async Task Resolve_TenantWithoutProducts_IsToldSo()
    {
        await using var tally = await TallyCluster.Start();

        var error = (await Registration(tally).Resolve("token")).Error!;

        Assert.Contains("declare", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ExpiredTokenException")]
    [InlineData("InvalidTokenException")]
    [InlineData("ThrottlingException")]
    public async Task Resolve_Refused_SaysWhatAwsSaid(string code)
    {
        await using var tally = await Started(null);
        tally.Aws.Resolve = _ => throw AwsErrors.Of(code);

        Assert.Equal(code, (await Registration(tally).Resolve("token")).Error!.Code);
    }

    [Fact]
    public async Task Resolve_AwsCannotBeReached_IsAnErrorWithoutDetails()
    {
        await using var tally = await Started(null);
        tally.Aws.Resolve = _ => throw new HttpRequestException("secret.internal");

        var error = (await Registration(tally).Resolve("token")).Error!;

        Assert.Equal("InternalServiceErrorException", error.Code);
        Assert.DoesNotContain("secret.internal", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Register_Container_IsAnsweredWithWhatAwsSigned()
    {
        await using var tally = await Started(null);

        var reply = await Registration(tally).Register("p", FakeRegistration.Version, "n");
        var request = Assert.Single(tally.Aws.Registration.Requests);

        Assert.NotNull(reply.Signature);
        Assert.Equal("n", request.Nonce);
        tally.Aws.Registration.Instead = _ => throw AwsErrors.Of("PlatformNotSupportedException");
        var refused = await Registration(tally).Register("p", FakeRegistration.Version, null);
        Assert.Equal("PlatformNotSupportedException", refused.Error!.Code);
    }

    private static IRegistrationGrain Registration(TallyCluster tally) =>
        tally.Grains.GetGrain<IRegistrationGrain>(TallyCluster.Tenant);

    private static async Task<TallyCluster> Started(ResolveCustomerResponse? answer)
    {
        var tally = await TallyCluster.Start();
        await tally.Grains.GetGrain<ITenantGrain>(TallyCluster.Tenant).Put("Default");
        await tally.PutProduct("p");
        tally.Aws.Resolve = _ => answer!;
        return tally;
    }
}
