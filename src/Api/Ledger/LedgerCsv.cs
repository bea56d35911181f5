using System.Buffers;
using System.Globalization;
using System.Text;

namespace Tally.Api.Ledger;

/// <summary>Writes lines of the ledger as CSV (RFC 4180), with a header; every value exactly as it is.</summary>
internal static class LedgerCsv
{
    private const string MomentForm = "yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'";

    private static readonly SearchValues<char> ToQuote = SearchValues.Create(",\"\r\n");

    /// <summary>The header line.</summary>
    public static string Header { get; } =
        "sequence,at,kind,customer,dimension,hourStart,awsDimension,timestamp,quantity,customerIdentifier,"
        + "customerAWSAccountId,licenseArn,meteringRecordId,code,message,awsRequestId,by,reason\r\n";

    /// <summary>Writes a line.</summary>
    /// <param name="text">Where to.</param>
    /// <param name="line">The line.</param>
    public static void Write(StringBuilder text, LedgerLineAnswer line)
    {
        text.Append(CultureInfo.InvariantCulture, $"{line.Sequence},{Moment(line.At)},{line.Kind},");
        Write(text, line.Customer, line.Dimension, Moment(line.HourStart), line.AwsDimension, Moment(line.Timestamp));
        text.Append(CultureInfo.InvariantCulture, $",{line.Quantity},");
        Write(text, line.CustomerIdentifier, line.CustomerAwsAccountId, line.LicenseArn, line.MeteringRecordId);
        text.Append(',');
        Write(text, line.Code, line.Message, line.AwsRequestId, line.By, line.Reason);
        text.Append("\r\n");
    }

    private static void Write(StringBuilder text, params ReadOnlySpan<string?> values)
    {
        for (var index = 0; index < values.Length; index++)
        {
            text.Append(index == 0 ? "" : ",");
            var value = values[index] ?? "";
            if (value.AsSpan().ContainsAny(ToQuote))
            {
                text.Append('"').Append(value.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
            }
            else
            {
                text.Append(value);
            }
        }
    }

    private static string Moment(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString(MomentForm, CultureInfo.InvariantCulture);
}
