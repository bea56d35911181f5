using System.Globalization;
using Tally.Domain.Catalogue;

namespace Tally.Domain.Reconciliation.Evidence;

/// <summary>Reads a seller report or data feed, whose first row names its columns.</summary>
internal static class SellerReport
{
    private const int AccountLength = 12;

    /// <summary>Reads a report.</summary>
    /// <param name="text">The report.</param>
    /// <param name="columns">What its columns are called.</param>
    /// <param name="records">Gets the records.</param>
    /// <returns>The first fault; null for none.</returns>
    public static EvidenceFault? Read(string text, SellerReportColumns columns, List<EvidenceRecord> records)
    {
        var rows = new CsvRows(text);
        try
        {
            var fields = new List<string>();
            rows.TryRead(fields);
            var places = new Places(columns, [.. fields.Select(Plain)]);
            var count = fields.Count;
            while (rows.TryRead(fields))
            {
                if (fields.Count != count)
                {
                    var (many, wanted) = (Number(fields.Count), Number(count));
                    throw new FormatException($"The row has {many} fields, and the header has {wanted}.");
                }

                EvidenceReader.Add(records, Read(places, fields, rows.Line));
            }

            return null;
        }
        catch (FormatException misfit)
        {
            return new(rows.Line, misfit.Message);
        }
    }

    private static EvidenceRecord Read(Places places, List<string> fields, int line)
    {
        var time = EvidenceTime.Parse(fields[places.Time])
            ?? throw new FormatException($"'{Short(fields[places.Time])}' is no hour or day that is understood.");
        var dimension = fields[places.Dimension].Trim();
        var identity = new CustomerIdentity(
            Text(fields, places.CustomerIdentifier),
            Text(fields, places.Account) is { } account ? Whole(account) : null,
            Text(fields, places.License));
        return new(
            line,
            identity,
            dimension.Length > 0 ? dimension : throw new FormatException("The dimension is empty."),
            time.Time,
            Quantity(fields[places.Quantity]))
        {
            IsDaily = time.IsDaily,
            Product = Text(fields, places.Product),
            MeteringRecordIds = Text(fields, places.MeteringRecordId) is { } id ? [id] : [],
        };
    }

    private static long Quantity(string text)
    {
        const NumberStyles Styles = NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands
            | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite | NumberStyles.AllowExponent;
        return decimal.TryParse(text, Styles, CultureInfo.InvariantCulture, out var quantity)
            && quantity is >= 0 and <= EvidenceRecord.QuantityMax
            && decimal.Truncate(quantity) == quantity
                ? (long)quantity
                : throw new FormatException(
                    $"'{Short(text)}' is no whole quantity from 0 to {EvidenceRecord.QuantityMax}.");
    }

    /// <summary>Spreadsheets take account ids for numbers and drop the zeroes in front.</summary>
    private static string Whole(string account) =>
        account.All(char.IsAsciiDigit) ? account.PadLeft(AccountLength, '0') : account;

    private static string? Text(List<string> fields, int place) =>
        place >= 0 && fields[place].Trim() is { Length: > 0 } text ? text : null;

    private static string Plain(string name) =>
        new([.. name.Where(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant)]);

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "...";

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);

    /// <summary>Where the columns are; below zero for those that the report doesn't have.</summary>
    private sealed class Places(SellerReportColumns columns, string[] header)
    {
        public int Dimension { get; } = Needed(header, columns.Dimension, "dimension");

        public int Quantity { get; } = Needed(header, columns.Quantity, "quantity");

        public int Time { get; } = Needed(header, columns.Time, "hour or day");

        public int CustomerIdentifier { get; } = Find(header, columns.CustomerIdentifier);

        public int Account { get; } = Find(header, columns.Account);

        public int License { get; } = Find(header, columns.License);

        public int Product { get; } = Find(header, columns.Product);

        public int MeteringRecordId { get; } = Find(header, columns.MeteringRecordId);

        private static int Find(string[] header, IReadOnlyList<string> names) =>
            names.Select(name => Array.IndexOf(header, Plain(name))).Where(place => place >= 0)
                .DefaultIfEmpty(-1).First();

        private static int Needed(string[] header, IReadOnlyList<string> names, string what) =>
            Find(header, names) is >= 0 and var place
                ? place
                : throw new FormatException(
                    $"The header has no column for the {what}; looked for: {string.Join(", ", names)}.");
    }
}
