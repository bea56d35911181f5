namespace Tally.Emulator;

/// <summary>
/// What AWS doesn't say about its service, as options. The defaults are what is most likely; set one to see whether a
/// program copes with the other answer too.
/// </summary>
public sealed record OpenPoints
{
    /// <summary>How far ahead of the clock a timestamp may lie: 0 to 86400 seconds. Default: 300.</summary>
    public int FutureToleranceSeconds { get; set; } = 300;

    /// <summary>Whether usage exactly as old as the limit is still accepted. Default: true.</summary>
    public bool AcceptsExactAge { get; set; } = true;

    /// <summary>
    /// Whether the age counts from the start of the current hour, so that at 13:30 all of the hour is accepted in which
    /// the limit lies. Default: false, from the timestamp to now.
    /// </summary>
    public bool AgeCountsFromHour { get; set; }

    /// <summary>
    /// Whether usage of the previous month is accepted however old it is until 06:00 UTC on the 1st. Default: false,
    /// both limits hold.
    /// </summary>
    public bool PreviousMonthIgnoresAge { get; set; }

    /// <summary>
    /// Whether a customer nobody knows refuses the call with <c>InvalidCustomerIdentifierException</c>. Default: false,
    /// its record gets <c>CustomerNotSubscribed</c>.
    /// </summary>
    public bool UnknownCustomerIsAnError { get; set; }

    /// <summary>
    /// Whether the same quantity split otherwise over tags is <c>DuplicateRecord</c>. Default: false, it is
    /// <c>Success</c> and the first split stays.
    /// </summary>
    public bool ComparesAllocations { get; set; }

    /// <summary>
    /// Whether a buyer named by account is the same customer as one named by identifier, where a registration told
    /// that they are one. Default: false.
    /// </summary>
    public bool IdentitiesAreOne { get; set; }

    /// <summary>
    /// Whether two records of one key in one batch are a <c>ValidationException</c>. Default: false, the earlier wins.
    /// </summary>
    public bool RepeatInBatchIsAnError { get; set; }

    /// <summary>Whether a call without records is a <c>ValidationException</c>. Default: false.</summary>
    public bool EmptyBatchIsAnError { get; set; }

    /// <summary>
    /// Whether a record with a <c>LicenseArn</c> is refused in a call with a <c>ProductCode</c>. Default: false.
    /// </summary>
    public bool LicenseExcludesProductCode { get; set; }

    /// <summary>Whether a record may hold both ways to name its customer, or neither. Default: false.</summary>
    public bool AcceptsAnyIdentity { get; set; }

    /// <summary>Whether records of one call may name several licences of one buyer. Default: true.</summary>
    public bool AcceptsSeveralLicensesOfBuyer { get; set; } = true;

    /// <summary>
    /// The error of a call of too many records or bytes, or with a member that breaks its constraint. Default:
    /// <c>ValidationException</c>.
    /// </summary>
    public string ConstraintError { get; set; } = "ValidationException";

    /// <summary>Whether a tag's value may be empty, as AWS's prose says. Default: false, as its model says.</summary>
    public bool AcceptsEmptyTagValues { get; set; }

    /// <summary>Whether an identical record sent again gets the id that it had. Default: true.</summary>
    public bool RepeatKeepsId { get; set; } = true;

    /// <summary>Whether <c>DuplicateRecord</c> carries the id of the record that stays. Default: true.</summary>
    public bool DuplicateHasId { get; set; } = true;

    /// <summary>Whether <c>CustomerNotSubscribed</c> carries an id. Default: false.</summary>
    public bool NotSubscribedHasId { get; set; }

    /// <summary>How long a registration token lives: 1 to 10080 minutes. Default: 240.</summary>
    public int TokenLifetimeMinutes { get; set; } = 240;

    /// <summary>Whether resolving a token ends it. Default: false, it answers until its time is up.</summary>
    public bool ResolvingEndsToken { get; set; }

    /// <summary>
    /// How long records are accepted after a subscription was ended: 0 to 1440 minutes. Default: 60.
    /// </summary>
    public int FlushMinutes { get; set; } = 60;

    /// <summary>The HTTP status of an authorised dry run: 400 or 412. Default: 400.</summary>
    public int DryRunStatus { get; set; } = 400;

    /// <summary>
    /// How the claims of <c>RegisterUsage</c>'s signature are spelt: <c>camelCase</c>, as AWS's sample code reads them,
    /// <c>PascalCase</c>, as its prose shows them, or <c>both</c>. Default: <c>camelCase</c>.
    /// </summary>
    public string SignatureClaims { get; set; } = "camelCase";

    /// <summary>
    /// Whether a <c>ClientToken</c> used for another request is found before another quantity for the same hour, as
    /// <c>IdempotencyConflictException</c>. Default: true; otherwise <c>DuplicateRequestException</c> comes first.
    /// </summary>
    public bool TokenConflictComesFirst { get; set; } = true;

    /// <summary>Every mistake in these, each as a sentence.</summary>
    internal IReadOnlyList<string> Mistakes()
    {
        var mistakes = new List<string>();
        CheckRange(mistakes, "futureToleranceSeconds", FutureToleranceSeconds, (0, 86_400));
        CheckRange(mistakes, "tokenLifetimeMinutes", TokenLifetimeMinutes, (1, 10_080));
        CheckRange(mistakes, "flushMinutes", FlushMinutes, (0, 1440));
        if (DryRunStatus is not (400 or 412)) mistakes.Add($"dryRunStatus is {DryRunStatus}; it must be 400 or 412.");
        if (SignatureClaims is not ("camelCase" or "PascalCase" or "both"))
            mistakes.Add($"signatureClaims is '{SignatureClaims}'; it must be camelCase, PascalCase or both.");
        if (string.IsNullOrEmpty(ConstraintError)) mistakes.Add("constraintError must not be empty.");
        return mistakes;
    }

    private static void CheckRange(List<string> mistakes, string name, int value, (int Min, int Max) range)
    {
        if (value < range.Min || value > range.Max)
            mistakes.Add($"{name} is {value}; it must be {range.Min} to {range.Max}.");
    }
}
