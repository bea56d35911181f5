using Tally.Emulator.Catalogue;
using Tally.Emulator.Deployments;
using Tally.Emulator.Rules;

namespace Tally.Emulator.Wire;

/// <summary>A container says at its start that it runs, and gets that signed.</summary>
internal sealed class RegisterUsage(
    SellerCatalogue catalogue,
    Registrations registrations,
    ProductKeys keys,
    RuleBook book,
    TimeProvider time) : IMeteringOperation
{
    public string Name => "RegisterUsage";

    public async ValueTask<Answer> CarryOutAsync(MeteringCall call)
    {
        var request = AwsJsonReader.RegisterUsage(call.Body);
        var (error, result) = await RegisterAsync(Deployment.Of(call), request);
        return new Answer(error, 0, json => AwsJsonWriter.Write(json, result!));
    }

    private async Task<(ServiceError? Error, RegisterUsageResult? Result)> RegisterAsync(
        Deployment deployment,
        RegisterUsageRequest request)
    {
        var broken = Constraints.Check(request, book.Rules, book.OpenPoints) ?? deployment.Check(book.OpenPoints);
        if (broken is not null) return (broken, null);
        var now = time.GetUtcNow();
        if (catalogue.FindDeployed(deployment.AccountId, request.ProductCode!, now) is not { } product)
            return (DeploymentErrors.ProductCode(request.ProductCode!), null);
        var isKnown = registrations.Has(product, deployment);
        if (!isKnown && CheckFirst(product, deployment, now) is { } refused) return (refused, null);
        var version = request.PublicKeyVersion!.Value;
        if (await keys.FindAsync(product, version) is not { } key)
            return (DeploymentErrors.PublicKeyVersion(version), null);

        if (!isKnown) await registrations.AddAsync(product, deployment);
        var signature = RegistrationClaims.Sign(request, key, now, book.OpenPoints);
        return (null, new RegisterUsageResult(signature, key.RotatesAt <= now ? key.RotatesAt : null));
    }

    /// <summary>What can only refuse the first call of a task or pod.</summary>
    private ServiceError? CheckFirst(Product product, Deployment deployment, DateTimeOffset now)
    {
        if (product.Platforms is { Count: 0 }) return DeploymentErrors.Disabled(product);
        if (!product.IsEnabledIn(deployment.Region)) return DeploymentErrors.Region(deployment.Region, product);
        if (!product.RunsOn(deployment.Platform)) return DeploymentErrors.Platform(deployment.Platform, product);
        return deployment.IsEntitledTo(product, catalogue, now)
            ? null
            : DeploymentErrors.NotEntitled(deployment.AccountId, product);
    }
}
