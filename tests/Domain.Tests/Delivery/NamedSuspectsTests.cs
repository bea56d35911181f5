using CsCheck;
using Tally.Domain.Delivery;
using Tally.Domain.Sealing;

namespace Tally.Domain.Tests.Delivery;

public sealed class NamedSuspectsTests
{
    private const string Arn = "arn:aws:license-manager::123456789012:license:l-1";

    private static readonly Gen<string> Codes = Gen.OneOf(
        Gen.Const("InvalidLicenseException"), Gen.Const("ValidationException"), Gen.Const(""));

    [Theory]
    [InlineData("InvalidUsageDimensionException", "The usage dimension 'gb' does not match one of product 'search'.")]
    [InlineData("InvalidUsageDimensionException", "Dimension \"gb\" is unknown")]
    [InlineData("InvalidCustomerIdentifierException", "The customer identifier 'c-2' is invalid.")]
    [InlineData("InvalidCustomerIdentifierException", "Unknown customer c-2.")]
    [InlineData("InvalidCustomerIdentifierException", "c-2")]
    [InlineData("TimestampOutOfBoundsException", "The timestamp 1777597202 is outside of the accepted time range.")]
    [InlineData("TimestampOutOfBoundsException", "timestamp=1777597202, too old")]
    [InlineData("InvalidTagException", "Customer 'c-2' has a bad tag.")]
    [InlineData("ValidationException", "1 validation error detected: Value '' at 'usageRecords.3.member.x' failed")]
    [InlineData("ValidationException", "Value 'gb' at 'UsageRecords.3.member.dimension' failed")]
    public void Find_MessageThatNamesTheThird_FindsIt(string code, string message) =>
        Assert.Equal([Batch()[2]], NamedSuspects.Find(Batch(), code, message));

    [Fact]
    public void Find_LicenseInTheMessage_FindsIt()
    {
        var batch = Batch();
        batch[1] = batch[1] with { Record = batch[1].Record with { Identity = new(null, "123456789012", Arn) } };
        Assert.Equal([batch[1]], NamedSuspects.Find(batch, "InvalidLicenseException", $"The license '{Arn}' is not."));
        Assert.Equal([batch[1]], NamedSuspects.Find(batch, "InvalidLicenseException", $"No license {Arn}."));
        Assert.Empty(NamedSuspects.Find(batch, "InvalidLicenseException", $"No license {Arn}:2."));
    }

    [Fact]
    public void Find_SeveralPlaces_FindsThemAll() =>
        Assert.Equal(
            [Batch()[0], Batch()[3]],
            NamedSuspects.Find(
                Batch(), "ValidationException", "at 'usageRecords.4.member.a'; at 'usageRecords.1.member.b'"));

    [Theory]
    [InlineData("InvalidUsageDimensionException", "One of the dimensions is invalid.")]
    [InlineData("InvalidUsageDimensionException", "")]
    [InlineData("InvalidUsageDimensionException", "The dimension 'calls' or 'gb' is invalid.")]
    [InlineData("InvalidUsageDimensionException", "The dimension of gb is a word here.")]
    [InlineData("InvalidUsageDimensionException", "Bad customer 'c-2'.")]
    [InlineData("InvalidCustomerIdentifierException", "Unknown customer c-22.")]
    [InlineData("InvalidCustomerIdentifierException", "Unknown customer ac-2 or c-2-1 or c-2.x or C-2.")]
    [InlineData("TimestampOutOfBoundsException", "The timestamp 17775972020 is out of bounds.")]
    [InlineData("ValidationException", "Value '' at 'usageRecords.5.member.dimension' failed")]
    [InlineData("ValidationException", "Value '' at 'usageRecords.0.member.dimension' failed")]
    [InlineData("ValidationException", "Value '' at 'usageRecords.99999999999999.member.dimension' failed")]
    [InlineData("ValidationException", "at 'usageRecords.5.member.a'; at 'usageRecords.1.member.b', 'c-2'")]
    public void Find_MessageThatNamesNoneOrAll_FindsNone(string code, string message) =>
        Assert.Empty(NamedSuspects.Find(Batch(), code, message));

    [Fact]
    public void Find_AllPlaces_FindsNone() =>
        Assert.Empty(NamedSuspects.Find(
            Batch(),
            "ValidationException",
            "'usageRecords.1.member 'usageRecords.2.member 'usageRecords.3.member 'usageRecords.4.member 'c-2'"));

    [Fact]
    public void Find_AnyMessage_FindsAPartOfTheBatchInItsOrder() =>
        Gen.Select(Pending.Records, Codes, Gen.String)
            .Sample((batch, code, text) =>
            {
                var message = batch.Length > 2
                    ? $"'{batch[0].Record.Dimension}' {text} '{batch[1].Record.Identity.AwsAccountId}'"
                    : text;
                var found = NamedSuspects.Find(batch, code, message);
                Assert.Equal(batch.Where(found.Contains), found);
                Assert.True(found.Count == 0 || found.Count < batch.Length);
            });

    /// <summary>Four records, of which the third differs from the others in all that a message can name.</summary>
    private static PendingRecord[] Batch() =>
    [
        .. Enumerable.Range(0, 4).Select(number =>
        {
            var (dimension, second) = number == 2 ? ("gb", 2) : ("calls", 0);
            var record = new UsageRecord(
                new(number, 1_777_593_600), new($"c-{number}", null, null), dimension, 1_777_597_200 + second, 1);
            return new PendingRecord($"c-{number}", record, DateTimeOffset.UnixEpoch);
        }),
    ];
}
