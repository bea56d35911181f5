using System.Globalization;
using System.Text.RegularExpressions;

namespace Tally.Domain.Delivery;

/// <summary>Finds the records of a refused batch that the error's message names.</summary>
/// <remarks>
/// AWS doesn't promise what a message says, so a name counts only if it is the very value of some of the records and
/// not of all, or the place of some of them. A validation error gives the place, counted from 1, as in
/// <c>Value '' at 'usageRecords.3.member.dimension' failed to satisfy constraint</c>.
/// </remarks>
public static partial class NamedSuspects
{
    private const string Quotes = "'\"`";

    private static readonly Func<PendingRecord, string?> Dimension = pending => pending.Record.Dimension;

    private static readonly Func<PendingRecord, string?> Identifier =
        pending => pending.Record.Identity.CustomerIdentifier;

    private static readonly Func<PendingRecord, string?> Account = pending => pending.Record.Identity.AwsAccountId;

    private static readonly Func<PendingRecord, string?> License = pending => pending.Record.Identity.LicenseArn;

    private static readonly Func<PendingRecord, string?> Timestamp =
        pending => pending.Record.TimestampSeconds.ToString(CultureInfo.InvariantCulture);

    /// <summary>Finds the records that a message names.</summary>
    /// <param name="batch">The records of the refused call, in the order in which they were sent.</param>
    /// <param name="code">The error's code, which says what the message may be about.</param>
    /// <param name="message">The error's message.</param>
    /// <returns>The records, in their order; empty when the message names none of them, or all.</returns>
    public static IReadOnlyList<PendingRecord> Find(
        IReadOnlyList<PendingRecord> batch, string code, string message)
    {
        if (ByPlace(batch, message) is { } byPlace)
        {
            return byPlace.Count < batch.Count ? byPlace : [];
        }

        foreach (var field in FieldsOf(code))
        {
            var named = ByValue(batch, field, message);
            if (named.Count > 0 && named.Count < batch.Count)
            {
                return named;
            }
        }

        return [];
    }

    private static Func<PendingRecord, string?>[] FieldsOf(string code) => code switch
    {
        "InvalidUsageDimensionException" => [Dimension],
        "InvalidCustomerIdentifierException" => [Identifier, Account, License],
        "InvalidLicenseException" => [License, Account, Identifier],
        "TimestampOutOfBoundsException" => [Timestamp],
        _ => [License, Identifier, Account, Dimension],
    };

    /// <summary>
    /// The records whose places a message gives; null when it gives no place, none when it gives one that isn't.
    /// </summary>
    private static List<PendingRecord>? ByPlace(IReadOnlyList<PendingRecord> batch, string message)
    {
        var places = new SortedSet<int>();
        foreach (Match match in Place().Matches(message))
        {
            var digits = match.Groups["place"].ValueSpan;
            if (!int.TryParse(digits, CultureInfo.InvariantCulture, out var place)
                || place < 1
                || place > batch.Count)
            {
                return [];
            }

            places.Add(place - 1);
        }

        return places.Count == 0 ? null : [.. places.Select(place => batch[place])];
    }

    /// <summary>What stands in quotation marks is meant rather than what doesn't.</summary>
    private static List<PendingRecord> ByValue(
        IReadOnlyList<PendingRecord> batch, Func<PendingRecord, string?> field, string message)
    {
        var values = batch.Select(field).OfType<string>().Where(value => value.Length > 0).ToHashSet();
        var named = values.Where(value => IsQuoted(message, value)).ToHashSet();
        if (named.Count == 0)
        {
            named = values.Where(value => IsNoWord(value) && StandsIn(message, value)).ToHashSet();
        }

        return [.. batch.Where(pending => field(pending) is { } value && named.Contains(value))];
    }

    private static bool IsQuoted(string message, string value) =>
        Quotes.Any(quote => message.Contains($"{quote}{value}{quote}", StringComparison.Ordinal));

    /// <summary>A value such as <c>requests</c> may be a word of the message's own.</summary>
    private static bool IsNoWord(string value) => !value.All(char.IsAsciiLetter);

    private static bool StandsIn(string message, string value)
    {
        for (var at = 0; (at = message.IndexOf(value, at, StringComparison.Ordinal)) >= 0; at++)
        {
            var end = at + value.Length;
            if ((at == 0 || !Continues(message, at - 1, -1)) && (end == message.Length || !Continues(message, end, 1)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a value goes on at a place; a full stop may also end the sentence.</summary>
    private static bool Continues(string message, int place, int step)
    {
        var next = place + step;
        return message[place] is '-' or '_' or '/' or '@' || char.IsLetterOrDigit(message[place])
            || (message[place] is '.' or ':' && next >= 0 && next < message.Length
                && char.IsLetterOrDigit(message[next]));
    }

    [GeneratedRegex(
        @"usageRecords\.(?<place>[0-9]+)(?=\.member)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Place();
}
