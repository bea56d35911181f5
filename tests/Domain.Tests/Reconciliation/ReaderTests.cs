using CsCheck;
using Tally.Domain.Reconciliation;

namespace Tally.Domain.Tests.Reconciliation;

public sealed class ReaderTests
{
    private const string Batch =
        """
        {"eventSource":"metering-marketplace.amazonaws.com","eventName":"BatchMeterUsage",
         "requestParameters":{"usageRecords":[{"dimension":"d","timestamp":"Apr 19, 2018 4:32:50 PM",
           "customerIdentifier":"c1","quantity":1}],"productCode":"p"},
         "responseElements":{"results":[
           {"usageRecord":{"dimension":"d","timestamp":"Apr 19, 2018 4:32:50 PM","customerIdentifier":"c1",
             "quantity":1},"meteringRecordId":"m-1","status":"Success"},
           {"usageRecord":{"dimension":"d","timestamp":1524155570,"customerAWSAccountId":"012345678901",
            "licenseArn":"l","quantity":2},"status":"CustomerNotSubscribed"}],
          "unprocessedRecords":[{"dimension":"e","timestamp":"2018-04-19T16:32:50Z","customerIdentifier":"c1"}]}}
        """;

    private const string Other = """{"eventSource":"s3.amazonaws.com","eventName":"GetObject"}""";

    private static readonly DateTimeOffset Time = new(2018, 4, 19, 16, 32, 50, TimeSpan.Zero);

    [Theory]
    [InlineData("{\"Records\":[" + Batch + "," + Other + "]}", 1)]
    [InlineData("\n[\n" + Other + ",\n" + Batch + "]", 4)]
    [InlineData(Batch + "\n" + Other, 1)]
    [InlineData("{\"detail-type\":\"AWS API Call via CloudTrail\",\"detail\":" + Batch + "}", 1)]
    public void Read_CloudTrail_FindsTheRecordsOfCalls(string text, int line)
    {
        var records = Read(EvidenceKind.CloudTrail, text);

        Assert.Equal(
            [
                (line, "d", 1, "Success", "c1", null),
                (line, "d", 2, "CustomerNotSubscribed", null, "012345678901"),
                (line, "e", 0L, "Unprocessed", "c1", (string?)null),
            ],
            records.Select(one => (
                one.Line, one.Dimension, one.Quantity, one.Status, one.Identity.CustomerIdentifier,
                one.Identity.AwsAccountId)));
        Assert.All(records, one => Assert.Equal((Time, "p"), (one.Time, one.Product)));
        Assert.Equal(["m-1"], records[0].MeteringRecordIds);
    }

    [Fact]
    public void Read_LookedUpEvents_AreUnwrapped()
    {
        var quoted = System.Text.Json.JsonSerializer.Serialize(Batch);
        var records = Read(
            EvidenceKind.CloudTrail, $$"""{"NextToken":"t","Events":[{"CloudTrailEvent":{{quoted}}}]}""");

        Assert.Equal(3, records.Count);
    }

    [Fact]
    public void Read_CloudTrailWithAnErrorCode_HasRefusedRecords()
    {
        var records = Read(
            EvidenceKind.CloudTrail,
            """
            {"eventName":"BatchMeterUsage","errorCode":"ThrottlingException","responseElements":null,
             "requestParameters":{"productCode":"p","usageRecords":[
               {"dimension":"d","timestamp":"2018-04-19T16:32:50Z","customerIdentifier":"c1","quantity":4}]}}
            {"eventName":"BatchMeterUsage","errorCode":"AccessDenied","requestParameters":null}
            """);

        var one = Assert.Single(records);
        Assert.Equal((4L, "ThrottlingException", false), (one.Quantity, one.Status, one.IsAccepted));
    }

    [Fact]
    public void Read_CallsThatRepeatARecord_AreOneRecord()
    {
        var again = Batch.Replace("m-1", "m-2", StringComparison.Ordinal);
        var records = Read(EvidenceKind.CloudTrail, Batch + again).Where(one => one.IsAccepted);

        Assert.Equal(["m-1", "m-2"], Assert.Single(records).MeteringRecordIds);
    }

    [Fact]
    public void Read_MeterUsage_IsOfTheCallingAccount()
    {
        const string Call =
            """
            {"eventName":"MeterUsage","recipientAccountId":"210987654321","requestParameters":{"productCode":"p",
             "timestamp":"Apr 19, 2018, 4:32:50 PM","usageDimension":"d","usageQuantity":3},
             "responseElements":{"meteringRecordId":"m-1"}}
            """;
        var dry = Call.Replace("\"usageQuantity\"", "\"dryRun\":true,\"usageQuantity\"", StringComparison.Ordinal);
        var instance = Call.Replace("m-1", "m-2", StringComparison.Ordinal);
        var records = Read(EvidenceKind.CloudTrail, Call + dry + Call + instance);

        Assert.Equal(["m-1", "m-2"], records.Select(one => one.MeteringRecordIds.Single()));
        Assert.All(records, one => Assert.Equal(
            (Books.Account("210987654321"), Time, 3L), (one.Identity, one.Time, one.Quantity)));
    }

    [Theory]
    [InlineData(
        "{\"format\":\"tally-marketplace-emulator\",\"documents\":{\"records\":{\"records\":[]}},\n"
        + "\"records\":[\n{\"customerKey\":\"id:c\",\"bucket\":1,\"record\":RECORD}]}")]
    [InlineData("[\n\nRECORD]")]
    [InlineData("\n\nRECORD")]
    public void Read_EmulatorsExportOrList_FindsItsRecords(string form)
    {
        const string Record =
            """
            {"accountId":"0","region":"us-east-1","productCode":"p","customerIdentifier":"c","dimension":"d",
            "timestamp":"2018-04-19T16:32:50+00:00","quantity":5,"meteringRecordId":"m"}
            """;
        var one = Assert.Single(
            Read(EvidenceKind.Emulator, form.Replace("RECORD", Record, StringComparison.Ordinal)));

        Assert.Equal(
            (3, Books.Id("c"), "d", Time, 5L, "p"),
            (one.Line, one.Identity, one.Dimension, one.Time, one.Quantity, one.Product));
    }

    [Fact]
    public void Read_SellerReport_TakesColumnsByName()
    {
        var records = Read(
            EvidenceKind.SellerReport,
            "usage_date,\"Subscriber AWS account ID\",Dimension_Key,Usage Quantity,Note\r\n"
            + "2018-04-19,12345678901,calls,\"1,200.0\",\"two\r\nlines, \"\"quoted\"\"\"\r\n\r\n"
            + "2018-04-20,210987654321,calls,3,\n");

        Assert.Equal(
            [(2, Books.Account("012345678901"), 1_200L, true), (5, Books.Account("210987654321"), 3L, true)],
            records.Select(one => (one.Line, one.Identity, one.Quantity, one.IsDaily)));
        Assert.Equal(new(2018, 4, 19, 0, 0, 0, TimeSpan.Zero), records[0].Time);
    }

    [Fact]
    public void Read_SellerReportWithOtherNames_TakesThem()
    {
        var columns = new SellerReportColumns
        {
            Time = ["When"],
            Quantity = ["How much"],
            Dimension = ["What"],
            CustomerIdentifier = ["Who"],
            MeteringRecordId = ["Receipt"],
            License = ["Licence"],
            Product = ["Of"],
        };
        var reading = EvidenceReader.Read(
            EvidenceKind.SellerReport,
            "When,How much,What,Who,Receipt,Licence,Of\n2018-04-19 16:32:50,3,calls,c,m,l,p"u8, columns);

        var one = Assert.Single(reading.Records);
        Assert.Equal(
            (Time, false, "calls", new("c", null, "l"), "p"),
            (one.Time, one.IsDaily, one.Dimension, one.Identity, one.Product));
        Assert.Equal(["m"], one.MeteringRecordIds);
    }

    [Theory]
    [InlineData("emulator", "", 1, "It is empty.")]
    [InlineData("emulator", "[\n{\"productCode\":\"p\"}]", 2, "'dimension' is missing.")]
    [InlineData("emulator", "[{},]", 1, "'dimension' is missing.")]
    [InlineData("emulator", "[\n7]", 2, "An object is expected here.")]
    [InlineData("emulator", "{\"records\":[\n{\"a\":}]}", 2, "It stops being JSON at byte 5 of the line.")]
    [InlineData(
        "emulator", "[{\"dimension\":\"d\",\"timestamp\":\"soon\"}]", 1,
        "'timestamp' is no moment that is understood.")]
    [InlineData(
        "emulator", "[{\"dimension\":\"d\",\"timestamp\":1,\"quantity\":1.5}]", 1,
        "'quantity' is not a whole number from 0 to 100000000000.")]
    [InlineData("cloudtrail", "{\"Records\":[\n\n{\"eventName\":1}]}", 3, "'eventName' is not a text.")]
    [InlineData(
        "cloudtrail", "{\"eventName\":\"BatchMeterUsage\",\"requestParameters\":{}}", 1,
        "The call has neither an 'errorCode' nor 'responseElements'.")]
    [InlineData("cloudtrail", "{\"CloudTrailEvent\":\"{\"}", 1, "'CloudTrailEvent' holds no JSON.")]
    [InlineData(
        "seller_report", "Dimension,Units\nd,1", 1,
        "The header has no column for the hour or day; "
        + "looked for: usage_hour, Usage Timestamp, Timestamp, usage_date, Usage Start Date, Date.")]
    [InlineData(
        "seller_report", "Date,Dimension,Units\n2018-04-19,d,1\n2018-04-19,d", 3,
        "The row has 2 fields, and the header has 3.")]
    [InlineData("seller_report", "Date,Dimension,Units\nTotal,d,1", 2, "'Total' is no hour or day that is understood.")]
    [InlineData(
        "seller_report", "Date,Dimension,Units\n2018-04-19,d,-1", 2,
        "'-1' is no whole quantity from 0 to 100000000000.")]
    [InlineData("seller_report", "Date,Dimension,Units\n2018-04-19,,1", 2, "The dimension is empty.")]
    [InlineData("seller_report", "Date,Dimension,Units\n\"2018", 2, "A quoted field has no end.")]
    [InlineData(
        "seller_report", "Date,Dimension,Units\n20\"18,d,1", 2,
        "A quotation mark or a carriage return stands where none may be.")]
    public void Read_Malformed_SaysWhereAndWhy(string kind, string text, int line, string reason)
    {
        var reading = EvidenceReader.Read(EvidenceKinds.Find(kind)!.Value, Bytes(text), new());

        Assert.Equal(new EvidenceFault(line, reason), reading.Fault);
        Assert.Empty(reading.Records);
    }

    [Fact]
    public void Read_NoUtf8_SaysWhere()
    {
        var reading = EvidenceReader.Read(EvidenceKind.Emulator, [(byte)'[', (byte)'\n', 0xFF], new());

        Assert.Equal(new EvidenceFault(2, "It is not UTF-8."), reading.Fault);
    }

    [Fact]
    public void Read_AnyBytes_GivesRecordsOrAFault()
    {
        var pieces = new[]
        {
            "{", "}", "[", "]", ",", ":", "\"Records\"", "\"records\"", "\"eventName\"", "\"BatchMeterUsage\"", "\"",
            "\n", "\r", "1", "null", "Date,Dimension,Units", "2018-04-19", "\"dimension\"", "\"CloudTrailEvent\"", "é",
        };
        Gen.Select(Gen.Int[0, pieces.Length - 1].Array[0, 30], Gen.Enum<EvidenceKind>()).Sample((parts, kind) =>
        {
            var reading = EvidenceReader.Read(kind, Bytes(string.Concat(parts.Select(part => pieces[part]))), new());
            Assert.True(reading.Fault is null || (reading.Fault.Line > 0 && reading.Records.Count == 0));
        }, iter: 5_000);
    }

    private static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    private static IReadOnlyList<EvidenceRecord> Read(EvidenceKind kind, string text)
    {
        var reading = EvidenceReader.Read(kind, Bytes(text), new());
        Assert.Null(reading.Fault);
        return reading.Records;
    }
}
