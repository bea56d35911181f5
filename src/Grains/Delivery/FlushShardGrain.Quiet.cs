using Tally.Contracts.Moves;

namespace Tally.Grains.Delivery;

/// <content>Whether anything is under way, for whoever freezes the tenant.</content>
internal sealed partial class FlushShardGrain : IQuietShardGrain
{
    /// <inheritdoc />
    public Task<bool> IsQuiet()
    {
        // Whoever waits for the throttle looks at the lease before it goes on, and ends.
        _delivery.Wake();
        return Task.FromResult(_flushing.IsCompleted && _delivery.Ended.IsCompleted);
    }
}
