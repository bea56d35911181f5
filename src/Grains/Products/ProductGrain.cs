using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Tally.Contracts.Moves;
using Tally.Contracts.Products;
using Tally.Contracts.Tenants;
using Tally.Domain.Catalogue;
using Tally.Grains.Hosting;
using Tally.Grains.Moves;

namespace Tally.Grains.Products;

/// <summary>Keeps one product's catalogue entry.</summary>
/// <param name="state">What is stored.</param>
/// <param name="cache">The silo's cache of definitions.</param>
/// <param name="gate">Whether its tenant may change.</param>
/// <param name="options">How the silo delivers.</param>
internal sealed class ProductGrain(
    [PersistentState("product", TallyStorage.Name)] IPersistentState<ProductState> state,
    CatalogueCache cache,
    TenantGate gate,
    IOptions<TallyOptions> options) : Grain, IProductGrain, IMovingProductGrain
{
    /// <inheritdoc />
    public async Task<CatalogueDecision> Put(ProductConfig config)
    {
        var key = ProductKey.Parse(this.GetPrimaryKeyString());
        var lease = gate.Of(key.Tenant);
        await lease.ThrowIfFrozen();
        var decision = CatalogueRules.Apply(key.Code, state.State.Definition, config);
        if (decision.Definition is not { } definition)
        {
            return decision;
        }

        if (!options.Value.CanDeliver(definition.Channel))
        {
            return new(null, [new(
                "channel",
                "window_too_short",
                "DeliveryMargin and SealDelay together leave no time of the channel's acceptance window.")]);
        }

        // The tenant's list comes first: a product that is listed but not made is asked for and found missing,
        // one that is made but not listed would be forgotten by whoever walks the list.
        await GrainFactory.GetGrain<ITenantGrain>(key.Tenant).AddProduct(key.Code);
        if (definition != state.State.Definition)
        {
            await Store(definition);
        }

        cache.Put(key, definition);
        await lease.ThrowIfFrozen();
        return decision;
    }

    /// <inheritdoc />
    [ReadOnly]
    public Task<ProductDefinition?> Get() => Task.FromResult(state.State.Definition);

    /// <inheritdoc />
    public async Task Import(ProductDefinition definition)
    {
        if (!(state.State.Definition?.Version >= definition.Version))
        {
            await Store(definition);
        }
    }

    private async Task Store(ProductDefinition definition)
    {
        var before = state.State.Definition;
        state.State.Definition = definition;
        try
        {
            await state.WriteStateAsync();
        }
        catch (Exception)
        {
            state.State.Definition = before;
            DeactivateOnIdle();
            throw;
        }
    }
}
