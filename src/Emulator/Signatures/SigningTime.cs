using System.Globalization;
using Tally.Emulator.Rules;

namespace Tally.Emulator.Signatures;

/// <summary>When a request was signed: <c>X-Amz-Date</c>, or <c>Date</c> where that isn't sent.</summary>
internal static class SigningTime
{
    private const string Format = "yyyyMMdd'T'HHmmss'Z'";
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(15);

    public static string? TextOf(SignedRequest request) => request.Text("x-amz-date") ?? request.Text("Date");

    /// <summary>The time, when it is near enough to now; otherwise what AWS says of it.</summary>
    public static (ServiceError? Error, DateTimeOffset Time) Read(string text, DateTimeOffset now)
    {
        if (!TryParse(text, out var time))
        {
            return (AuthorizationHeader.Incomplete(
                $"Date must be in ISO-8601 'basic format'. Got '{text}'. See http://en.wikipedia.org/wiki/ISO_8601"),
                default);
        }

        var (earliest, latest) = (now - Tolerance, now + Tolerance);
        if (time < earliest)
        {
            return (SignatureCheck.Invalid(
                $"Signature expired: {TextOf(time)} is now earlier than {TextOf(earliest)} ({TextOf(now)} - 15 min.)"),
                default);
        }

        return time > latest
            ? (SignatureCheck.Invalid(
                $"Signature not yet current: {TextOf(time)} is still later than {TextOf(latest)} "
                + $"({TextOf(now)} + 15 min.)"),
                default)
            : (null, time);
    }

    public static string TextOf(DateTimeOffset time) => time.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary><c>Date</c> may also be as HTTP has it.</summary>
    private static bool TryParse(string text, out DateTimeOffset time) => DateTimeOffset.TryParseExact(
        text, [Format, "r"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
}
