using Xunit;

namespace Tally.Emulator.Xunit;

/// <summary>
/// An emulator for the tests of a class, a collection or an assembly: started before the first of them on a free port,
/// and stopped after the last. Derived classes say how it is set up.
/// </summary>
public abstract class ConfiguredEmulatorFixture : IAsyncLifetime
{
    private MarketplaceEmulator? _emulator;

    /// <summary>The running emulator.</summary>
    /// <exception cref="InvalidOperationException">It is not started yet.</exception>
    public MarketplaceEmulator Emulator =>
        _emulator ?? throw new InvalidOperationException("The emulator is started by InitializeAsync.");

    /// <summary>What an AWS client takes as its service URL.</summary>
    public Uri Endpoint => Emulator.Endpoint;

    /// <summary>How the emulator is set up. Default: all defaults.</summary>
    protected virtual EmulatorOptions Options { get; } = new();

    /// <summary>The service's clock. Default: the machine's.</summary>
    protected virtual TimeProvider TimeProvider => TimeProvider.System;

    /// <summary>Starts the emulator; override it to declare products after calling the base.</summary>
    public virtual async ValueTask InitializeAsync() =>
        _emulator = await MarketplaceEmulator.StartAsync(Options, TimeProvider);

    /// <summary>Stops the emulator.</summary>
    public virtual async ValueTask DisposeAsync()
    {
        if (_emulator is not null) await _emulator.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
