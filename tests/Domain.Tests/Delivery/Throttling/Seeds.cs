namespace Tally.Domain.Tests.Delivery.Throttling;

/// <summary>Runs a check with one seed after the other, the same in every run: its bounds are statistical.</summary>
internal static class Seeds
{
    public static void Each(int count, Action<Random, int> check) => Parallel.For(0, count, seed =>
    {
        try
        {
            check(new Random((7919 * seed) + 13), seed);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"Seed {seed}: {exception.Message}", exception);
        }
    });
}
