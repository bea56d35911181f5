using Microsoft.Extensions.Options;
using Orleans.Runtime;
using Tally.Api.Hosting;
using Tally.Contracts.Customers;

namespace Tally.Api.Dispatch;

/// <summary>
/// Repeats calls to actors that failed because their silo went away or they were starting again, so that a silo that
/// is restarted is not felt outside. Only for calls that may be made twice; an event's id makes that harmless.
/// </summary>
/// <param name="options">How often.</param>
/// <param name="time">Measures the waits.</param>
internal sealed class CallPatience(IOptions<TallyApiOptions> options, TimeProvider time)
{
    /// <summary>The actor is mostly back at once; if not, its silo has yet to be given up by the others.</summary>
    private static readonly TimeSpan[] Waits =
        [TimeSpan.Zero, TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(1)];

    /// <summary>Whether a call is worth another attempt.</summary>
    /// <param name="exception">How it failed.</param>
    /// <param name="attempts">How often it was tried.</param>
    /// <returns>Whether it is.</returns>
    public bool Allows(Exception exception, int attempts) =>
        attempts <= options.Value.CallRetriesMax && exception is (OrleansException or UsageStoreUnavailableException);

    /// <summary>Waits before the next attempt.</summary>
    /// <param name="attempts">How often it was tried.</param>
    /// <returns>A task that completes when it is time.</returns>
    public Task Pause(int attempts) => Task.Delay(Waits[Math.Min(attempts, Waits.Length) - 1], time);

    /// <summary>Asks, and asks again where that is worth it.</summary>
    /// <typeparam name="T">What is answered.</typeparam>
    /// <param name="question">Makes the call.</param>
    /// <returns>The answer.</returns>
    public async Task<T> Ask<T>(Func<Task<T>> question)
    {
        for (var attempts = 1; ; attempts++)
        {
            try
            {
                return await question();
            }
            catch (Exception exception) when (Allows(exception, attempts))
            {
                await Pause(attempts);
            }
        }
    }
}
