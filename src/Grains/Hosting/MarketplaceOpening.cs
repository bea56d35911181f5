using Microsoft.Extensions.DependencyInjection;
using Tally.Grains.Delivery;

namespace Tally.Grains.Hosting;

/// <summary>
/// Makes the AWS client when the silo starts. To find its region the SDK may ask the network and keep its thread
/// waiting for seconds; inside the start of an actor, which holds the actor's lock, every thread that has a message for
/// that actor would wait as well, until the silo has no threads left.
/// </summary>
/// <param name="services">What the client is made of.</param>
internal sealed class MarketplaceOpening(IServiceProvider services) : ILifecycleParticipant<ISiloLifecycle>
{
    /// <inheritdoc />
    public void Participate(ISiloLifecycle observer) => observer.Subscribe(
        nameof(MarketplaceOpening), ServiceLifecycleStage.RuntimeInitialize, stop => Task.Run(Open, stop));

    private void Open() => services.GetRequiredService<IMarketplaceClients>();
}
