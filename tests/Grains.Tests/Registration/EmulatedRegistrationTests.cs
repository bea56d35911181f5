using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Tally.Contracts.Registration;
using Tally.Contracts.Tenants;
using Tally.Domain.Catalogue;
using Tally.Emulator;
using Tally.Grains.Tests.Faults;
using Tally.Grains.Tests.Hosting;

namespace Tally.Grains.Tests.Registration;

public sealed class EmulatedRegistrationTests
{
    private const string Product = EmulatedCluster.Product;
    private const string Account = "210987654321";
    private static readonly HttpClient Http = new();

    [Fact]
    public async Task Resolve_CustomerWithIdentifier_IsKnownByIt()
    {
        await using var cluster = await Start();
        var token = await Token(cluster, new() { ["customerIdentifier"] = "X01", ["customerAWSAccountId"] = Account });

        var reply = await Registration(cluster).Resolve(token);

        Assert.Equal((Product, "X01", null), (reply.Product, reply.Customer, reply.Error));
        Assert.Equal("X01", reply.Identity!.CustomerIdentifier);
        var profile = await cluster.Tally.Customer(Product, "X01").GetProfile();
        Assert.Equal(new("X01", null, null), profile!.Identity);
    }

    [Fact]
    public async Task Resolve_TwoLicencesOfOneAccount_AreTwoCustomers()
    {
        await using var cluster = await Start();
        await cluster.Aws.DeclareProductAsync(Product, new ProductDeclaration
        {
            Dimensions = ["api_calls"],
            ConcurrentAgreements = true,
        });
        string[] licences = [Licence(1), Licence(2)];
        foreach (var licence in licences)
        {
            var token = await Token(cluster, new() { ["customerAWSAccountId"] = Account, ["licenseArn"] = licence });
            var reply = await Registration(cluster).Resolve(token);
            Assert.Equal(licence, reply.Customer);
        }

        foreach (var licence in licences)
        {
            var profile = await cluster.Tally.Customer(Product, licence).GetProfile();
            Assert.Equal(new(null, Account, licence), profile!.Identity);
        }
    }

    [Fact]
    public async Task Resolve_WhatAPersonSaidOfTheCustomer_Stays()
    {
        await using var cluster = await Start();
        var said = new CustomerIdentity("other", null, null);
        await cluster.Tally.Customer(Product, "X01").PutProfile(new("Zoë", said));

        await Registration(cluster).Resolve(await Token(cluster, new() { ["customerIdentifier"] = "X01" }));

        Assert.Equal(new("Zoë", said), await cluster.Tally.Customer(Product, "X01").GetProfile());
    }

    [Fact]
    public async Task Resolve_NoGoodToken_IsAnsweredWithAwsError()
    {
        await using var cluster = await Start();
        var token = await Token(cluster, new() { ["customerIdentifier"] = "X01" });
        cluster.Clock.Advance(TimeSpan.FromHours(5));

        Assert.Equal("ExpiredTokenException", (await Registration(cluster).Resolve(token)).Error?.Code);
        Assert.Equal("InvalidTokenException", (await Registration(cluster).Resolve("no token")).Error?.Code);
        Assert.Equal("InvalidTokenException", (await Registration(cluster).Resolve("")).Error?.Code);
        cluster.Aws.Faults = cluster.Aws.Faults with { ThrottleRate = 1 };
        Assert.Equal("ThrottlingException", (await Registration(cluster).Resolve(token)).Error?.Code);
    }

    [Fact]
    public async Task Resolve_TenantThatIsNone_AwsIsNotAsked()
    {
        await using var cluster = await Start();
        var token = await Token(cluster, new() { ["customerIdentifier"] = "X01" });

        var reply = await cluster.Tally.Grains.GetGrain<IRegistrationGrain>("nobody").Resolve(token);

        Assert.NotNull(reply.Error);
        Assert.Empty(cluster.Aws.Calls);
    }

    [Fact]
    public async Task Register_Container_GetsWhatAwsSigned()
    {
        await using var cluster = await Start();

        var reply = await Registration(cluster).Register(Product, 1, "n");

        Assert.Null(reply.Error);
        Assert.Equal(3, reply.Signature!.Split('.').Length);
        Assert.Equal(
            "InvalidProductCodeException", (await Registration(cluster).Register("none", 1, null)).Error?.Code);
    }

    private static string Licence(int number) =>
        $"arn:aws:license-manager:us-east-1:294406891311:license:l-{number:x8}";

    private static async Task<EmulatedCluster> Start()
    {
        var cluster = await EmulatedCluster.Start();
        await cluster.Tally.Grains.GetGrain<ITenantGrain>(TallyCluster.Tenant).Put("Acme");
        await cluster.List(["api_calls"]);
        return cluster;
    }

    private static IRegistrationGrain Registration(EmulatedCluster cluster) =>
        cluster.Tally.Grains.GetGrain<IRegistrationGrain>(TallyCluster.Tenant);

    private static async Task<string> Token(EmulatedCluster cluster, JsonObject buyer)
    {
        buyer["productCode"] = Product;
        var answer = await Http.PostAsync(
            new Uri(cluster.Aws.Endpoint, "/_emulator/tokens"), JsonContent.Create(buyer));
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, body);
        return JsonNode.Parse(body)!["token"]!.GetValue<string>();
    }
}
