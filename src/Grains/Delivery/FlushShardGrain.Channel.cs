using Tally.Domain.Catalogue;

namespace Tally.Grains.Delivery;

/// <content>By which operation the product is delivered.</content>
internal sealed partial class FlushShardGrain
{
    private bool _hasChannel;

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
                _queue.Rules = options.Value.FindRules(product.Channel);
                _delivery.Use(new MeterUsageSubmitter(clients.For(_product), _product, installation, clock));
            }
        }

        _hasChannel = true;
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
