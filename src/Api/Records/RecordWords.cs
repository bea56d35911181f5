using System.Globalization;
using System.Text.RegularExpressions;
using Tally.Domain.Sealing;

namespace Tally.Api.Records;

/// <summary>How records are spelled in paths, queries and answers.</summary>
internal static partial class RecordWords
{
    private static readonly string[] HourForms = ["yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:sszzz"];

    /// <summary>Spells a state.</summary>
    /// <param name="state">The state.</param>
    /// <returns>Its name.</returns>
    public static string NameOf(RecordState state) => state switch
    {
        RecordState.Waiting => "waiting",
        RecordState.Parked => "parked",
        RecordState.Quarantined => "quarantined",
        RecordState.Delivered => "delivered",
        RecordState.Expired => "expired",
        RecordState.WrittenOff => "written_off",
        RecordState.Held => "held",
        RecordState.Shadowed => "shadowed",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Unknown state."),
    };

    /// <summary>Reads a state that records can be asked for.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The state; null for any other word.</returns>
    public static RecordState? StateOf(string? name) => name switch
    {
        "waiting" => RecordState.Waiting,
        "parked" => RecordState.Parked,
        "quarantined" => RecordState.Quarantined,
        "expired" => RecordState.Expired,
        "written_off" => RecordState.WrittenOff,
        "held" => RecordState.Held,
        "shadowed" => RecordState.Shadowed,
        _ => null,
    };

    /// <summary>Reads the start of an hour as it stands in a path.</summary>
    /// <param name="text">For example <c>2026-11-22T10:00:00Z</c>.</param>
    /// <returns>The seconds since 1970; null when it is no such text.</returns>
    public static long? HourOf(string text) => DateTimeOffset.TryParseExact(
        text, HourForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var start)
        ? start.ToUnixTimeSeconds()
        : null;

    /// <summary>Finds AWS's request id in what is said of a record.</summary>
    /// <param name="reason">What is said.</param>
    /// <returns>The id; null when there is none.</returns>
    public static string? RequestIdIn(string? reason) =>
        RequestId().Match(reason ?? "") is { Success: true } match ? match.Groups["id"].Value : null;

    [GeneratedRegex(
        @"\(request (?<id>[^()\s]+)\)\)?\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex RequestId();
}
