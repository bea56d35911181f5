using Tally.Emulator.Catalogue;
using Tally.Emulator.Deployments;
using Tally.Emulator.Rules;

namespace Tally.Emulator.Wire;

/// <summary>Usage that software reports from its buyer's account: of an instance, task or pod.</summary>
internal sealed class MeterUsage(SellerCatalogue catalogue, DeploymentMeter meter, RuleBook book, TimeProvider time)
    : IMeteringOperation
{
    public string Name => "MeterUsage";

    public async ValueTask<Answer> CarryOutAsync(MeteringCall call)
    {
        var request = AwsJsonReader.MeterUsage(call.Body);
        if (!book.Rules.HasClientTokens) request = request with { ClientToken = null };
        var (error, id) = await MeterAsync(Deployment.Of(call), request);
        return new Answer(error, 1, json => AwsJsonWriter.WriteRecordId(json, id!));
    }

    private async Task<(ServiceError? Error, string? RecordId)> MeterAsync(
        Deployment deployment,
        MeterUsageRequest request)
    {
        var broken = Constraints.Check(request, book.Rules, book.OpenPoints) ?? deployment.Check(book.OpenPoints);
        if (broken is not null) return (broken, null);
        var now = time.GetUtcNow();
        if (catalogue.FindDeployed(deployment.AccountId, request.ProductCode!, now) is not { } product)
            return (DeploymentErrors.ProductCode(request.ProductCode!), null);
        if (product.MeterUsage is MeterUsageMode.AgentCore && book.Rules.HasClientTokens
            && Constraints.CheckHasToken(request, book.OpenPoints) is { } withoutToken)
        {
            return (withoutToken, null);
        }

        if (!product.IsEnabledIn(deployment.Region))
            return (DeploymentErrors.EndpointRegion(deployment.Region, product), null);
        var usage = new DeploymentUsage(product, deployment, request);
        return request.DryRun is true ? (DryRun(usage, now), null) : await meter.CountAsync(usage);
    }

    /// <summary>Looks at all that is wrong without a look at what is stored, as nothing is to be changed.</summary>
    private ServiceError DryRun(DeploymentUsage usage, DateTimeOffset now) =>
        usage.Deployment.IsEntitledTo(usage.Product, catalogue, now)
            ? usage.Check(book, now) ?? DeploymentErrors.DryRun(book.OpenPoints)
            : DeploymentErrors.Unauthorized;
}
