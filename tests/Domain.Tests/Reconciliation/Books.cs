using System.Globalization;
using Tally.Domain.Catalogue;
using Tally.Domain.Ledger;
using Tally.Domain.Reconciliation;
using Tally.Domain.Sealing;

namespace Tally.Domain.Tests.Reconciliation;

/// <summary>Ledgers and evidence to compare, around one hour.</summary>
internal static class Books
{
    public const string Product = "p";
    public const long Hour = 1_795_338_000;
    public const long Day = Hour - (Hour % 86_400);

    public static ReconciliationTerms Terms { get; } = new(Product, Hour, Hour + (3 * 3_600));

    public static UsageRecord Record(
        int quantity, long hour = Hour, string dimension = "calls", CustomerIdentity? identity = null) =>
        new(new(dimension == "calls" ? 0 : 1, hour), identity ?? Id("id-1"), dimension, hour + 3_599, quantity);

    public static CustomerIdentity Id(string identifier) => new(identifier, null, null);

    public static CustomerIdentity Account(string account, string? license = null) => new(null, account, license);

    /// <summary>The lines of a record's life, a second each.</summary>
    public static IEnumerable<LedgerLine> Life(UsageRecord record, string customer, params LedgerKind[] kinds) =>
        kinds.Select((kind, index) => Line(record, customer, kind, index));

    public static LedgerLine Line(UsageRecord record, string customer, LedgerKind kind, int second) =>
        new(
            new(new("acme", Product), customer),
            record,
            kind,
            string.Create(CultureInfo.InvariantCulture, $"{LedgerKinds.NameOf(kind)}:{second}"),
            record.Timestamp.AddSeconds(second))
        {
            MeteringRecordId = kind == LedgerKind.Delivered ? ReceiptOf(record) : null,
        };

    public static string ReceiptOf(UsageRecord record) => string.Create(
        CultureInfo.InvariantCulture,
        $"m-{record.Key.Ordinal}-{record.Key.HourStartSeconds}-{record.Identity.CustomerIdentifier}"
        + $"{record.Identity.AwsAccountId}{record.Identity.LicenseArn}");

    public static EvidenceRecord Evidence(UsageRecord record, int line = 1) =>
        new(line, record.Identity, record.Dimension, record.Timestamp, record.Quantity)
        {
            Product = Product,
            MeteringRecordIds = [ReceiptOf(record)],
        };

    public static ReconciliationReport Compare(
        IEnumerable<LedgerLine> lines, IReadOnlyList<EvidenceRecord> evidence, ReconciliationTerms? terms = null)
    {
        var comparison = new LedgerComparison(evidence, terms ?? Terms);
        var all = lines.ToList();
        foreach (var (from, to) in comparison.Windows())
        {
            foreach (var line in all)
            {
                if (line.Record.Key.HourStartSeconds >= from && line.Record.Key.HourStartSeconds < to)
                {
                    comparison.Take(line);
                }
            }

            comparison.Close(from);
        }

        return comparison.Finish();
    }
}
