using Microsoft.Extensions.Hosting;

namespace Tally.Api.Program;

/// <summary>
/// Goes on taking requests for a while after it was told to stop, while <c>/health/ready</c> says no, so that no load
/// balancer sends a request to a port that is closed.
/// </summary>
/// <param name="settings">How long.</param>
/// <param name="clock">Measures it.</param>
internal sealed class DrainDelay(ApiSettings settings, TimeProvider clock) : IHostedLifecycleService
{
    /// <inheritdoc />
    public Task StoppingAsync(CancellationToken cancellationToken) =>
        Task.Delay(settings.DrainDelay, clock, cancellationToken);

    /// <inheritdoc />
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
