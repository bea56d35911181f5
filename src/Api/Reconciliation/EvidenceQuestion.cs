using System.Globalization;
using Microsoft.AspNetCore.Http;
using Tally.Api.Errors;
using Tally.Api.Ledger;
using Tally.Api.Products;
using Tally.Api.Records;
using Tally.Domain.Catalogue;
using Tally.Domain.Reconciliation;
using Tally.Domain.Time;

namespace Tally.Api.Reconciliation;

/// <summary>What is to be compared, as a query says it.</summary>
/// <param name="Kind">What the evidence is.</param>
/// <param name="Terms">Which hours, and how closely.</param>
/// <param name="Columns">What the columns of a seller report are called.</param>
internal sealed record EvidenceQuestion(EvidenceKind Kind, ReconciliationTerms Terms, SellerReportColumns Columns)
{
    private const int DaysMax = 35;
    private const int DifferencesDefault = 1_000;
    private const int DifferencesMax = 10_000;
    private const int SecondsPerHour = 3_600;
    private const int SecondsPerDay = 86_400;

    /// <summary>The members of the query.</summary>
    public static IReadOnlyList<string> Members { get; } =
    [
        "evidence", "from", "to", "by", "customers", "period", "differences", "dimensionColumn", "quantityColumn",
        "timeColumn", "customerIdentifierColumn", "accountColumn", "licenseColumn", "productColumn", "receiptColumn",
    ];

    /// <summary>Reads a query.</summary>
    /// <param name="query">The query.</param>
    /// <param name="product">The product whose ledger is compared.</param>
    /// <returns>What it says, or what is wrong with it.</returns>
    public static (EvidenceQuestion? Question, Problem? Problem) Read(IQueryCollection query, ProductDefinition product)
    {
        if (EvidenceKinds.Find(LedgerQuestion.Text(query, "evidence")) is not { } kind)
        {
            return Wrong($"The evidence is one of {string.Join(", ", EvidenceKinds.All)}.");
        }

        if (Hour(query, "from") is not { } from || Hour(query, "to") is not { } to)
        {
            return Wrong("'from' and 'to' are starts of hours such as 2026-11-22T10:00:00Z, and both are needed.");
        }

        if (from < 0 || to <= from || to - from > DaysMax * (long)SecondsPerDay)
        {
            return Wrong($"'to' is later than 'from', by {DaysMax} days at most.");
        }

        var by = LedgerQuestion.Text(query, "by") ?? "hour";
        if (by is not ("hour" or "day"))
        {
            return Wrong("'by' is hour or day.");
        }

        var customers = LedgerQuestion.Text(query, "customers") ?? "compare";
        if (customers is not ("compare" or "ignore"))
        {
            return Wrong("'customers' is compare or ignore.");
        }

        if (Period(query) is not { } period)
        {
            return Wrong("'period' is the length of a metering hour, such as 00:05:00; with AWS always 01:00:00.");
        }

        if (Count(query) is not { } count)
        {
            return Wrong($"'differences' is how many are shown, 1 to {DifferencesMax}.");
        }

        // MeterUsage names no buyer but the caller, so its evidence can't be compared by customer.
        var terms = new ReconciliationTerms(product.Code, from, to)
        {
            Period = period,
            IsDaily = by is "day",
            IgnoresCustomers = customers is "ignore" || product.Channel == DeliveryChannel.MeterUsage,
            DifferencesMax = count,
        };
        return (new(kind, terms, ReadColumns(query)), null);
    }

    /// <summary>Finds hours that aren't whole days, once it is known that days are compared.</summary>
    /// <param name="isDaily">Whether days are compared.</param>
    /// <returns>What is wrong; null for nothing.</returns>
    public Problem? FindBrokenDays(bool isDaily) =>
        isDaily && (Terms.FromSeconds % SecondsPerDay != 0 || Terms.ToSeconds % SecondsPerDay != 0)
            ? new(ProblemCode.InvalidParameter, "Days are compared: 'from' and 'to' are starts of days (UTC) then.")
            : null;

    private static (EvidenceQuestion?, Problem?) Wrong(string detail) =>
        (null, new(ProblemCode.InvalidParameter, detail));

    private static long? Hour(IQueryCollection query, string name) =>
        LedgerQuestion.Text(query, name) is { } text
        && RecordWords.HourOf(text) is { } seconds
        && seconds % SecondsPerHour == 0
            ? seconds
            : null;

    private static MeteringPeriod? Period(IQueryCollection query)
    {
        if (LedgerQuestion.Text(query, "period") is not { } text)
        {
            return MeteringPeriod.Hour;
        }

        return Duration.TryParse(text, out var length) && MeteringPeriod.IsValid(length) ? new(length) : null;
    }

    private static int? Count(IQueryCollection query)
    {
        if (LedgerQuestion.Text(query, "differences") is not { } text)
        {
            return DifferencesDefault;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count is >= 1 and <= DifferencesMax
                ? count
                : null;
    }

    private static SellerReportColumns ReadColumns(IQueryCollection query)
    {
        var names = new SellerReportColumns();
        return new()
        {
            Dimension = Column("dimension", names.Dimension),
            Quantity = Column("quantity", names.Quantity),
            Time = Column("time", names.Time),
            CustomerIdentifier = Column("customerIdentifier", names.CustomerIdentifier),
            Account = Column("account", names.Account),
            License = Column("license", names.License),
            Product = Column("product", names.Product),
            MeteringRecordId = Column("receipt", names.MeteringRecordId),
        };

        IReadOnlyList<string> Column(string name, IReadOnlyList<string> otherwise) =>
            LedgerQuestion.Text(query, name + "Column") is { } text ? [text] : otherwise;
    }
}
