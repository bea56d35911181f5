using Tally.Contracts.Customers;
using Tally.Contracts.Moves;

namespace Tally.Grains.Moves;

/// <summary>
/// The silo's leave to work for a tenant. It holds for a short while from the moment at which it was asked for, so
/// whoever has stored that the tenant is to be frozen, and waits for longer than that, knows that everybody has heard
/// of it: also a silo that nobody can reach. What is acknowledged is made durable first and the lease looked at after
/// it; so all that was ever acknowledged was durable when the wait was over.
/// </summary>
/// <remarks>
/// For how long it holds is no option: silos that disagree about it would not be safe from each other. Safe for
/// concurrent use.
/// </remarks>
/// <param name="tenant">The tenant's name.</param>
/// <param name="grains">Whom to ask.</param>
/// <param name="clock">What time it is.</param>
internal sealed class TenantLease(string tenant, IGrainFactory grains, TimeProvider clock)
{
    private const long NotOpen = long.MinValue;

    /// <summary>For how long it holds.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(5);

    /// <summary>For how long whoever freezes a tenant waits; clocks of machines don't run exactly alike.</summary>
    public static readonly TimeSpan LengthMost = TimeSpan.FromSeconds(6);

    private static readonly TimeSpan RenewedAfter = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private Task<TenantStanding>? _asking;

    /// <summary>
    /// The timestamp at which it was asked for, or <see cref="NotOpen"/>; one word, so nobody sees half of a change.
    /// </summary>
    private long _askedAt = NotOpen;

    /// <summary>Refuses to go on unless the tenant is open.</summary>
    /// <returns>A task that completes, mostly at once, when it is.</returns>
    /// <exception cref="TenantFrozenException">The tenant is frozen, or about to be.</exception>
    /// <exception cref="UsageStoreUnavailableException">It can't be found out whether it is.</exception>
    public ValueTask ThrowIfFrozen() => Holds() ? default : new(AskAndThrow(TenantPhase.Freezing));

    /// <summary>
    /// Refuses to go on once what AWS answers is no longer booked, either. Something that was cut off from the others
    /// and comes too late is sent again where the tenant is at work, and AWS knows that it has it.
    /// </summary>
    /// <returns>A task that completes, mostly at once, when it may be booked.</returns>
    /// <exception cref="TenantFrozenException">The tenant is frozen.</exception>
    /// <exception cref="UsageStoreUnavailableException">It can't be found out whether it is.</exception>
    public ValueTask ThrowIfSettled() => Holds() ? default : new(AskAndThrow(TenantPhase.Frozen));

    /// <summary>Says whether the tenant is open.</summary>
    /// <returns>Whether it is.</returns>
    /// <exception cref="UsageStoreUnavailableException">It can't be found out.</exception>
    public async ValueTask<bool> IsOpen() => Holds() || (await Ask()).Phase == TenantPhase.Open;

    private bool Holds()
    {
        var askedAt = Volatile.Read(ref _askedAt);
        if (askedAt == NotOpen)
        {
            return false;
        }

        var age = clock.GetElapsedTime(askedAt);
        if (age >= RenewedAfter)
        {
            // Nobody waits for it: whoever comes once the lease is over sees whether it failed.
            _ = Ask().ContinueWith(
                static asked => asked.Exception, CancellationToken.None, TaskContinuationOptions.None,
                TaskScheduler.Default);
        }

        return age < Length;
    }

    private async Task AskAndThrow(TenantPhase refusedFrom)
    {
        var standing = await Ask();
        if (standing.Phase >= refusedFrom)
        {
            throw new TenantFrozenException(standing switch
            {
                { MovedTo: { } place } => $"The tenant was moved: {place}.",
                { Phase: TenantPhase.Importing } => "The tenant is being imported.",
                _ => $"The tenant is frozen: {standing.Reason}.",
            });
        }
    }

    private Task<TenantStanding> Ask()
    {
        lock (_lock)
        {
            // Outside of any actor, as those of other actors wait for the same answer.
            return _asking ??= Task.Run(AskOnce);
        }
    }

    private async Task<TenantStanding> AskOnce()
    {
        var asked = clock.GetTimestamp();
        try
        {
            var standing = await grains.GetGrain<ITenantStandingGrain>(tenant).Get();
            Volatile.Write(ref _askedAt, standing.Phase == TenantPhase.Open ? asked : NotOpen);
            return standing;
        }
        catch (Exception exception) when (exception is not UsageStoreUnavailableException)
        {
            throw new UsageStoreUnavailableException(
                "It can't be found out at present whether the tenant is frozen; ask again.", exception);
        }
        finally
        {
            lock (_lock)
            {
                _asking = null;
            }
        }
    }
}
