using Tally.Contracts.Entitlement;
using Tally.Domain.Catalogue;
using Tally.Domain.Entitlement;

namespace Tally.Grains.Delivery;

/// <content>By which operation the product is delivered.</content>
internal sealed partial class FlushShardGrain
{
    private bool _hasChannel;
    private bool _isDeployed;
    private bool _isRefused;

    /// <summary>
    /// Finds out how the product is delivered, before anything of it is taken into the queue. Until the product is
    /// made there is nothing to take; from then on its channel is fixed.
    /// </summary>
    private async Task FindChannel()
    {
        if (_hasChannel || await catalogue.Get(_product) is not { } product)
        {
            return;
        }

        if (product.Channel == DeliveryChannel.MeterUsage)
        {
            var installation = await Installation();
            if (!_hasChannel)
            {
                _isDeployed = true;
                _queue.Rules = options.Value.FindRules(product.Channel);
                _delivery.Use(new MeterUsageSubmitter(clients.For(_product), _product, installation, clock));
            }
        }

        _hasChannel = true;
    }

    /// <summary>Passes on what AWS's answer to a record says about whether the buyer may use the product.</summary>
    /// <param name="error">What AWS said; null when it took the record.</param>
    private void HearEntitlement(CallError? error)
    {
        var isRefusal = EntitlementRules.Judge(error?.Code) == EntitlementVerdict.NotEntitled;
        if (!_isDeployed || (error is null ? !_isRefused : !isRefusal))
        {
            return;
        }

        // Should it be lost, the next answer says the same.
        _isRefused = isRefusal;
        GrainFactory.GetGrain<IEntitlementGrain>(_product.ToString()).Heard(error?.Code, error?.Message).Ignore();
    }

    /// <summary>
    /// What tells this installation from others; stored before it is used, so that it is always the same.
    /// </summary>
    private async Task<string> Installation()
    {
        if (state.State.Installation is null)
        {
            state.State.Installation = Guid.NewGuid().ToString("N");
            await Write();
        }

        await _write.Pending;
        return state.State.Installation;
    }
}
