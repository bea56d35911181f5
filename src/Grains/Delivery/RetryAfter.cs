using System.Globalization;
using System.Net.Http.Headers;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Tally.Grains.Delivery;

/// <summary>Finds out how long an answer asks callers to stay away.</summary>
internal static class RetryAfter
{
    private const string Header = "Retry-After";

    /// <summary>Reads the header <c>Retry-After</c> of the answer behind an exception.</summary>
    /// <param name="exception">What the SDK made of the answer; it keeps the answer's headers inside.</param>
    /// <param name="now">The present moment, for a header that names a time.</param>
    /// <returns>How long, zero or more; null when the answer doesn't say, or not so that it can be read.</returns>
    /// <remarks>Seconds or a date: RFC 9110, section 10.2.3.</remarks>
    public static TimeSpan? Of(AmazonServiceException exception, DateTimeOffset now)
    {
        var answer = (exception.InnerException as HttpErrorResponseException)?.Response;
        if (answer?.GetHeaderValue(Header) is not { Length: > 0 } text)
        {
            return null;
        }

        // More seconds than a number holds are as good as the most; whoever believes it has a bound anyway.
        if (text.All(char.IsAsciiDigit))
        {
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                ? TimeSpan.FromSeconds(seconds)
                : TimeSpan.FromSeconds(int.MaxValue);
        }

        return RetryConditionHeaderValue.TryParse(text, out var parsed) && parsed.Date is { } date
            ? TimeSpan.FromTicks(Math.Max(0, (date - now).Ticks))
            : null;
    }
}
