using Tally.Contracts.Moves;

namespace Tally.Grains.Delivery;

/// <content>What whoever freezes or moves the tenant asks for.</content>
internal sealed partial class FlushShardGrain : IQuietShardGrain, IMovingShardGrain
{
    /// <inheritdoc />
    public Task<bool> IsQuiet()
    {
        // Whoever waits for the throttle looks at the lease before it goes on, and ends.
        _delivery.Wake();
        return Task.FromResult(_flushing.IsCompleted && _delivery.Ended.IsCompleted);
    }

    /// <inheritdoc />
    public Task<string?> GetInstallation() => Task.FromResult(state.State.Installation);

    /// <inheritdoc />
    public async Task Import(IReadOnlyList<string> customers, string? installation)
    {
        await Remind();
        foreach (var customer in customers)
        {
            _index.Register(customer);
        }

        state.State.Installation ??= installation;
        await Write();
    }
}
