namespace Tally.EndToEnd.Hosting;

/// <summary>Waits for a condition of another process, which can only be asked.</summary>
internal static class Poll
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    public static async Task Until(Func<Task<bool>> condition, int secondsMax = 120)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(secondsMax));
        while (true)
        {
            try
            {
                if (await condition())
                {
                    return;
                }
            }
            catch (HttpRequestException) when (!timeout.IsCancellationRequested)
            {
                // Not there yet, or killed; asked again.
            }

            Assert.False(timeout.IsCancellationRequested, "What was waited for did not come.");
            await Task.Delay(Interval, CancellationToken.None); // polls for a condition
        }
    }
}
