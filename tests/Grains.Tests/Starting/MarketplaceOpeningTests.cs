using Amazon.AWSMarketplaceMetering;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using Tally.Contracts;
using Tally.Domain.Catalogue;
using Tally.Grains.Delivery;
using Tally.Grains.Hosting;
using Tally.Grains.Tests.Hosting;
using Tally.Journal;

namespace Tally.Grains.Tests.Starting;

public sealed class MarketplaceOpeningTests
{
    [Fact]
    public async Task Start_NoActorHasDeliveredYet_TheAwsClientIsMade()
    {
        var made = 0;
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.UseInMemoryReminderService();
            silo.AddMemoryGrainStorage(TallyStorage.Name);
            silo.Services.AddSingleton<IUsageJournal>(new MemoryJournal());
            silo.Services.AddSingleton<IMarketplaceClients>(_ =>
            {
                made++;
                return new NoClients();
            });
            silo.AddTally();
        });
        builder.ConfigureClient(client => client.Services.AddTallyContracts());
        await using var cluster = builder.Build();
        Assert.Equal(0, made);

        await cluster.DeployAsync();

        Assert.Equal(1, made);
    }

    private sealed class NoClients : IMarketplaceClients
    {
        public IAmazonAWSMarketplaceMetering For(ProductKey product) => throw new InvalidOperationException();

        public IAmazonAWSMarketplaceMetering ForTenant(string tenant) => throw new InvalidOperationException();

        public string AccountOf(ProductKey product) => throw new InvalidOperationException();
    }
}
