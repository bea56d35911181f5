namespace Tally.Grains.Tests.Hosting;

/// <summary>Tries again what may fail while actors or silos start again.</summary>
internal static class Retry
{
    public static async Task Until(Func<Task> attempt, int secondsMax = 60)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(secondsMax));
        while (true)
        {
            try
            {
                await attempt();
                return;
            }
            catch (Exception) when (!timeout.IsCancellationRequested)
            {
                await Task.Yield();
            }
        }
    }
}
