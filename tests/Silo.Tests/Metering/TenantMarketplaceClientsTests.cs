using Amazon.AWSMarketplaceMetering.Model;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using Tally.Contracts;
using Tally.Contracts.Tenants;
using Tally.Domain.Catalogue;
using Tally.Domain.Tenancy;
using Tally.Grains.Hosting;
using Tally.Silo.Metering;
using Tally.Silo.Sqlite;

namespace Tally.Silo.Tests.Metering;

public sealed class TenantMarketplaceClientsTests : IAsyncLifetime
{
    private static readonly AwsAccess Role = new("arn:aws:iam::123456789012:role/r", "ext-1", Region: "eu-west-1");
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tally-access-");
    private InProcessTestCluster _cluster = null!;
    private FakeAws _aws = null!;
    private TenantMarketplaceClients _clients = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureHost(host => host.Services.AddTallyContracts());
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddSqliteStores(new() { Path = Path.Combine(_folder.FullName, "tally.db") });
            silo.AddTally();
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
        _aws = await FakeAws.Start();
        var installation = MarketplaceClients.Create(_aws.Endpoint, "us-east-1", "installation");
        _clients = new(_cluster.Client, installation, _aws.Endpoint, _aws.Sts);
    }

    [Fact]
    public async Task For_TenantWithoutCredentials_IsTheInstallationsClient()
    {
        await _clients.Prepare("plain");
        await Call("plain");

        Assert.Contains("Credential=installation/", Assert.Single(_aws.Signatures), StringComparison.Ordinal);
        Assert.Equal("default", _clients.AccountOf(new("plain", "p")));
    }

    [Fact]
    public async Task For_TenantWithARole_IsCalledAsTheRoleInItsRegion()
    {
        await Put("acme", Role);
        await Call("acme");
        await Call("acme");

        var form = Assert.Single(_aws.Assumed);
        Assert.Equal((Role.RoleArn, "ext-1", "tally-acme"),
            ((string?)form["RoleArn"], (string?)form["ExternalId"], (string?)form["RoleSessionName"]));
        Assert.All(_aws.Signatures, signature =>
        {
            Assert.Contains("Credential=ROLE1/", signature, StringComparison.Ordinal);
            Assert.Contains("/eu-west-1/aws-marketplace/", signature, StringComparison.Ordinal);
        });
        Assert.Equal("123456789012/eu-west-1", _clients.AccountOf(new("acme", "p")));
    }

    [Fact]
    public async Task For_CredentialsThatExpireSoon_AreAskedForAgain()
    {
        _aws.Lifetime = TimeSpan.FromMinutes(4);
        await Put("acme", Role);
        await Call("acme");
        await Call("acme");

        // The SDK also asks in the background.
        Assert.True(_aws.Assumed.Count >= 2);
    }

    [Fact]
    public async Task Prepare_OtherCredentialsOrNone_ChangesTheClient()
    {
        await Put("acme", Role);
        await Put("acme", Role with { RoleArn = "arn:aws:iam::210987654321:role/r" });
        Assert.Equal("210987654321/eu-west-1", _clients.AccountOf(new("acme", "p")));
        await Put("acme", null);

        Assert.Equal("default", _clients.AccountOf(new("acme", "p")));
        await Call("acme");
        Assert.Empty(_aws.Assumed);
    }

    [Fact]
    public async Task AccountOf_TwoTenantsOfOneAccount_IsOne()
    {
        await Put("a", Role);
        await Put("b", new(Profile: "b", Region: "eu-west-1", AccountId: "123456789012"));
        await Put("c", new(Profile: "c"));

        Assert.Equal(_clients.AccountOf(new("a", "p")), _clients.AccountOf(new("b", "p")));
        Assert.Equal("profile:c/us-east-1", _clients.AccountOf(new("c", "p")));
    }

    [Fact]
    public void ToString_Role_DoesNotTellTheExternalId() =>
        Assert.DoesNotContain("ext-1", $"{Role}", StringComparison.Ordinal);

    public async ValueTask DisposeAsync()
    {
        await _aws.DisposeAsync();
        await _cluster.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task Put(string tenant, AwsAccess? access)
    {
        await _cluster.Client.GetGrain<IAwsAccessGrain>(tenant).Put(access);
        await _clients.Prepare(tenant);
    }

    private Task<ResolveCustomerResponse> Call(string tenant) => _clients.For(new ProductKey(tenant, "p"))
        .ResolveCustomerAsync(new() { RegistrationToken = "t" });
}
