using Microsoft.Extensions.Options;

namespace Tally.Api.Hosting;

/// <summary>Finds everything that is wrong with the options at once, before anything is served.</summary>
public sealed class TallyApiOptionsValidator : IValidateOptions<TallyApiOptions>
{
    private const int KiB = 1024;
    private const int GiB = 1024 * 1024 * 1024;

    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, TallyApiOptions options)
    {
        var found = new Found();
        found.Within(nameof(options.BodySizeMax), options.BodySizeMax, KiB, GiB);
        found.Within(nameof(options.InflatedSizeMax), options.InflatedSizeMax, options.BodySizeMax, GiB);
        found.Within(nameof(options.EvidenceSizeMax), options.EvidenceSizeMax, KiB, GiB);
        found.Within(nameof(options.EventsPerRequestMax), options.EventsPerRequestMax, 1, 1_000_000);
        found.Within(nameof(options.ConcurrentCallsMax), options.ConcurrentCallsMax, 1, 100_000);
        found.Within(
            nameof(options.WaitingEventsMax), options.WaitingEventsMax, options.EventsPerRequestMax, 100_000_000);
        found.Within(
            nameof(options.WaitingBytesMax), options.WaitingBytesMax, 2L * options.InflatedSizeMax, 1024L * GiB);
        found.Within(nameof(options.EventsPerCallMax), options.EventsPerCallMax, 1, 100_000);
        found.Within(nameof(options.CallSizeMax), options.CallSizeMax, KiB, 64 * KiB * KiB);
        found.Within(nameof(options.IdleLanesMax), options.IdleLanesMax, 0, 10_000_000);
        found.Within(nameof(options.CallRetriesMax), options.CallRetriesMax, 0, 10);
        found.Within(nameof(options.KeyCachedFor), options.KeyCachedFor, TimeSpan.Zero, Seconds(3_600));
        found.Within(nameof(options.KeysCachedMax), options.KeysCachedMax, 1, 1_000_000);
        found.Within(nameof(options.ProductCachedFor), options.ProductCachedFor, TimeSpan.Zero, Seconds(3_600));
        found.Within(nameof(options.UnknownCachedFor), options.UnknownCachedFor, TimeSpan.Zero, Seconds(60));
        found.Within(nameof(options.ProductsCachedMax), options.ProductsCachedMax, 1, 1_000_000);
        found.Within(nameof(options.RetryAfter), options.RetryAfter, Seconds(1), Seconds(3_600));
        return found.Errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(found.Errors);
    }

    private static TimeSpan Seconds(int count) => TimeSpan.FromSeconds(count);

    private sealed class Found
    {
        public List<string> Errors { get; } = [];

        public void Within<T>(string name, T value, T least, T most)
            where T : IComparable<T>
        {
            if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
            {
                Errors.Add($"{name} {value} is not between {least} and {most}.");
            }
        }
    }
}
