namespace Tally.Domain.Ledger;

/// <summary>AWS's answer, taken out of the words in which a settlement keeps it.</summary>
/// <param name="Code">AWS's status or error code.</param>
/// <param name="Message">What it said with it; null for nothing.</param>
/// <param name="RequestId">The call's id; null where it isn't known.</param>
internal readonly record struct SpokenAnswer(string? Code, string? Message, string? RequestId)
{
    private const string RequestMark = " (request ";

    /// <summary>Takes <c>Code: message (request id)</c> apart, of which only the code must be there.</summary>
    /// <param name="text">The words; null for none.</param>
    /// <returns>The parts.</returns>
    public static SpokenAnswer Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return default;
        }

        string? requestId = null;
        var mark = text.LastIndexOf(RequestMark, StringComparison.Ordinal);
        if (mark >= 0 && text.EndsWith(')'))
        {
            requestId = text[(mark + RequestMark.Length)..^1];
            text = text[..mark];
        }

        var colon = text.IndexOf(": ", StringComparison.Ordinal);
        return colon < 0 ? new(text, null, requestId) : new(text[..colon], text[(colon + 2)..], requestId);
    }
}
