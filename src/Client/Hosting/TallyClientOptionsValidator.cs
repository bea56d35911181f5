using Microsoft.Extensions.Options;

namespace Tally.Client.Hosting;

/// <summary>Finds everything that is wrong with the options at once.</summary>
internal sealed class TallyClientOptionsValidator : IValidateOptions<TallyClientOptions>
{
    private const int KiB = 1024;
    private const long GiB = 1024L * 1024 * 1024;

    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, TallyClientOptions options)
    {
        var errors = ErrorsOf(options);
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    /// <summary>Finds what is wrong.</summary>
    /// <param name="options">The options.</param>
    /// <returns>A sentence for each option that can't be; none when all are well.</returns>
    public static IReadOnlyList<string> ErrorsOf(TallyClientOptions options)
    {
        var errors = new List<string>();
        if (options.Address is not { IsAbsoluteUri: true, Scheme: "http" or "https" } address
            || address.Query.Length + address.Fragment.Length + address.UserInfo.Length > 0)
        {
            errors.Add("Address is not an absolute http or https address without user, query and fragment.");
        }

        if (options.ApiKey is not { Length: > 0 } key || !key.All(letter => letter is > ' ' and < '\u007f'))
        {
            errors.Add("ApiKey is missing or has characters that no key has.");
        }

        if (!Enum.IsDefined(options.WhenFull))
        {
            errors.Add($"WhenFull {options.WhenFull} is neither Wait nor Drop.");
        }

        Within(errors, nameof(options.BatchEventsMax), options.BatchEventsMax, (1, 50_000));
        Within(errors, nameof(options.BatchBytesMax), options.BatchBytesMax, (KiB, 32 * KiB * KiB));
        Within(errors, nameof(options.BatchDelayMax), options.BatchDelayMax, (TimeSpan.Zero, Minutes(1)));
        Within(errors, nameof(options.WaitingEventsMax), options.WaitingEventsMax, (1, 10_000_000));
        Within(errors, nameof(options.WaitingBytesMax), options.WaitingBytesMax, (KiB, 16 * GiB));
        Within(errors, nameof(options.ConcurrentRequestsMax), options.ConcurrentRequestsMax, (1, 64));
        Within(errors, nameof(options.RequestTimeout), options.RequestTimeout, (Seconds(1), Minutes(10)));
        Within(errors, nameof(options.RetryDelayBase), options.RetryDelayBase, (Seconds(0.001), Minutes(1)));
        Within(errors, nameof(options.RetryDelayMax), options.RetryDelayMax, (options.RetryDelayBase, Minutes(60)));
        Within(errors, nameof(options.DisposeTimeout), options.DisposeTimeout, (TimeSpan.Zero, Minutes(10)));
        return errors;
    }

    private static TimeSpan Minutes(int count) => TimeSpan.FromMinutes(count);

    private static TimeSpan Seconds(double count) => TimeSpan.FromSeconds(count);

    private static void Within<T>(List<string> errors, string name, T value, (T Least, T Most) range)
        where T : IComparable<T>
    {
        if (value.CompareTo(range.Least) < 0 || value.CompareTo(range.Most) > 0)
        {
            errors.Add($"{name} {value} is not between {range.Least} and {range.Most}.");
        }
    }
}
