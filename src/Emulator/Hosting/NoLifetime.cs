namespace Tally.Emulator.Hosting;

/// <summary>Leaves Ctrl-C and termination signals to the program that the emulator is part of.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
