using System.Text.Json;
using Tally.Domain.Delivery;
using Tally.Domain.Sealing;

namespace Tally.Domain.Tests.Delivery;

public sealed class OutcomeClassifierTests
{
    [Theory]
    [InlineData("Success", RecordState.Delivered)]
    [InlineData("CustomerNotSubscribed", RecordState.Parked)]
    [InlineData("DuplicateRecord", RecordState.Quarantined)]
    [InlineData("success", RecordState.Waiting)]
    [InlineData("SomethingNew", RecordState.Waiting)]
    [InlineData("", RecordState.Waiting)]
    [InlineData(null, RecordState.Waiting)]
    public void ClassifyStatus_Status_IsTheRecordsState(string? status, RecordState state) =>
        Assert.Equal(state, OutcomeClassifier.ClassifyStatus(status));

    [Theory]
    [InlineData("ThrottlingException", CallVerdict.Throttled)]
    [InlineData("InternalServiceErrorException", CallVerdict.Transient)]
    [InlineData("", CallVerdict.Transient)]
    [InlineData(null, CallVerdict.Transient)]
    [InlineData("InvalidUsageDimensionException", CallVerdict.RecordAtFault)]
    [InlineData("InvalidCustomerIdentifierException", CallVerdict.RecordAtFault)]
    [InlineData("TimestampOutOfBoundsException", CallVerdict.RecordAtFault)]
    [InlineData("InvalidTagException", CallVerdict.RecordAtFault)]
    [InlineData("InvalidUsageAllocationsException", CallVerdict.RecordAtFault)]
    [InlineData("InvalidLicenseException", CallVerdict.RecordAtFault)]
    [InlineData("DuplicateRequestException", CallVerdict.RecordAtFault)]
    [InlineData("InvalidProductCodeException", CallVerdict.ProductAtFault)]
    [InlineData("DisabledApiException", CallVerdict.ProductAtFault)]
    [InlineData("UnrecognizedClientException", CallVerdict.ProductAtFault)]
    [InlineData("AccessDeniedException", CallVerdict.ProductAtFault)]
    [InlineData("ExpiredTokenException", CallVerdict.ProductAtFault)]
    [InlineData("SomethingNewException", CallVerdict.Unknown)]
    public void ClassifyError_Code_IsTheVerdict(string? code, CallVerdict verdict) =>
        Assert.Equal(verdict, OutcomeClassifier.ClassifyError(code));

    [Fact]
    public void ClassifyError_EveryErrorOfTheServiceModel_IsKnown()
    {
        using var model = ReadModel();
        var shapes = model.RootElement.GetProperty("shapes");
        var exceptions = shapes.EnumerateObject()
            .Where(shape => shape.Value.TryGetProperty("exception", out var flag) && flag.GetBoolean())
            .Select(shape => shape.Name);
        var listed = new[] { "BatchMeterUsage", "MeterUsage" }
            .SelectMany(operation => model.RootElement.GetProperty("operations").GetProperty(operation)
                .GetProperty("errors").EnumerateArray())
            .Select(error => error.GetProperty("shape").GetString()!);
        var names = exceptions.Union(listed).ToList();
        Assert.InRange(names.Count, 15, 1_000);
        Assert.All(names, name => Assert.NotEqual(CallVerdict.Unknown, OutcomeClassifier.ClassifyError(name)));
    }

    [Fact]
    public void ClassifyStatus_EveryStatusOfTheServiceModel_IsKnown()
    {
        using var model = ReadModel();
        var statuses = model.RootElement.GetProperty("shapes").GetProperty("UsageRecordResultStatus")
            .GetProperty("enum").EnumerateArray().Select(status => status.GetString()).ToList();
        Assert.NotEmpty(statuses);
        Assert.All(
            statuses, status => Assert.NotEqual(RecordState.Waiting, OutcomeClassifier.ClassifyStatus(status)));
    }

    /// <summary>Reads AWS's service model, which isn't part of the repository but may lie beside it.</summary>
    private static JsonDocument ReadModel()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Directory.Packages.props")))
        {
            folder = folder.Parent;
        }

        var path = Path.Combine(folder?.FullName ?? "", "../shared/aws/service-2.today.json");
        if (!File.Exists(path))
        {
            Assert.Skip("AWS's service model service-2.today.json is not beside the repository.");
        }

        return JsonDocument.Parse(File.ReadAllBytes(path));
    }
}
