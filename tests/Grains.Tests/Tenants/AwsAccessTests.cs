using Tally.Contracts.Tenants;
using Tally.Domain.Tenancy;
using Tally.Grains.Tests.Hosting;

namespace Tally.Grains.Tests.Tenants;

public sealed class AwsAccessTests
{
    [Fact]
    public async Task Put_UsageWaits_IsDeliveredAllTheSameAndTheAccessIsKept()
    {
        await using var cluster = await TallyCluster.Start();
        await cluster.Grains.GetGrain<ITenantGrain>(TallyCluster.Tenant).Put("Acme");
        await cluster.PutProduct("p");
        await cluster.Customer("p", "c").Post(UsageEvents.Batch([new(1, 5, cluster.Clock.GetUtcNow(), 0)]));
        await cluster.Delivery("p").Flush();
        var access = new AwsAccess("arn:aws:iam::123456789012:role/r", "ext");

        await cluster.Grains.GetGrain<IAwsAccessGrain>(TallyCluster.Tenant).Put(access);
        await cluster.EndHour("p");

        Assert.Equal(1, (await cluster.Delivery("p").GetStatus()).Delivered);
        Assert.Equal(access, await cluster.Grains.GetGrain<IAwsAccessGrain>(TallyCluster.Tenant).Get());
    }
}
