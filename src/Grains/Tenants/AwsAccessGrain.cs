using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Core.Internal;
using Tally.Contracts.Delivery;
using Tally.Contracts.Products;
using Tally.Contracts.Tenants;
using Tally.Domain.Catalogue;
using Tally.Domain.Delivery;
using Tally.Domain.Tenancy;
using Tally.Grains.Hosting;

namespace Tally.Grains.Tenants;

/// <summary>Keeps how one tenant's AWS account is called.</summary>
/// <param name="state">What is stored.</param>
/// <param name="logger">The log.</param>
[Reentrant]
internal sealed partial class AwsAccessGrain(
    [PersistentState("aws-access", TallyStorage.Name)] IPersistentState<AwsAccessState> state,
    ILogger<AwsAccessGrain> logger) : Grain, IAwsAccessGrain
{
    /// <inheritdoc />
    public Task<AwsAccess?> Get() => Task.FromResult(state.State.Access);

    /// <inheritdoc />
    public async Task Put(AwsAccess? access)
    {
        if (access != state.State.Access)
        {
            await Store(access);
            Log.Changed(logger, this.GetPrimaryKeyString(), access?.ToString() ?? "installation");
        }

        // Also when it was known already: a crash may have come in between.
        await StartDeliveryAnew();
    }

    private async Task Store(AwsAccess? access)
    {
        state.State.Access = access;
        try
        {
            await state.WriteStateAsync();
        }
        catch (Exception)
        {
            // What is stored is not known; start again from it.
            DeactivateOnIdle();
            throw;
        }
    }

    /// <summary>A flush shard asks for its client when it starts, and loses nothing by starting again.</summary>
    private async Task StartDeliveryAnew()
    {
        var tenant = this.GetPrimaryKeyString();
        var info = await GrainFactory.GetGrain<ITenantGrain>(tenant).Get();
        foreach (var code in info?.Products ?? [])
        {
            var product = new ProductKey(tenant, code);
            var shards = (await GrainFactory.GetGrain<IProductGrain>(product.ToString()).Get())?.FlushShards ?? 1;
            for (var shard = 0; shard < shards; shard++)
            {
                var grain = GrainFactory.GetGrain<IFlushShardGrain>(new FlushShardKey(product, shard).ToString());
                await grain.AsReference<IGrainManagementExtension>().DeactivateOnIdle();
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1611, LogLevel.Information, "Tenant {Tenant}: AWS is called with the credentials of {Access}.")]
        public static partial void Changed(ILogger logger, string tenant, string access);
    }
}
