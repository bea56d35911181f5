using Tally.Api.Errors;
using Tally.Api.Hosting;
using Tally.Contracts.Products;
using Tally.Contracts.Tenants;
using Tally.Domain.Catalogue;

namespace Tally.Api.Products;

/// <summary>Products: make, change and show them.</summary>
/// <param name="grains">Where products are.</param>
/// <param name="cache">The definitions that events are checked against.</param>
/// <param name="bodies">How bodies are read.</param>
internal sealed class ProductOperations(IGrainFactory grains, ProductCache cache, JsonBody bodies)
{
    /// <summary>Makes or changes a product.</summary>
    /// <param name="call">The request.</param>
    /// <returns>Why not; null when it is done.</returns>
    public async Task<Problem?> Put(ApiCall call)
    {
        var (request, problem) = await bodies.Read(call, ApiJsonContext.Default.ProductRequest);
        if (request is null)
        {
            return problem;
        }

        var errors = new List<FieldError>();
        var config = ProductWords.Read(request, errors);
        var code = call["product"];

        // Rules that need what is stored are the actor's; a code that can't be one never gets there.
        errors.AddRange(CatalogueRules.Apply(code, null, config).Errors);
        if (errors.Count > 0)
        {
            return Invalid(errors);
        }

        var key = new ProductKey(call.Tenant, code);
        var decision = await grains.GetGrain<IProductGrain>(key.ToString()).Put(config);
        if (decision.Definition is not { } definition)
        {
            return Invalid(decision.Errors);
        }

        cache.Put(key, definition);
        await call.Answer(ProductAnswer.Of(definition), ApiJsonContext.Default.ProductAnswer);
        return null;
    }

    /// <summary>Shows a product.</summary>
    /// <param name="call">The request.</param>
    /// <returns>Why not; null when it is done.</returns>
    public async Task<Problem?> Get(ApiCall call)
    {
        var code = call["product"];
        if (!Names.IsProductCode(code) || await Read(call.Tenant, code) is not { } definition)
        {
            return new(ProblemCode.UnknownProduct);
        }

        await call.Answer(ProductAnswer.Of(definition), ApiJsonContext.Default.ProductAnswer);
        return null;
    }

    /// <summary>Lists the products of the caller's tenant.</summary>
    /// <param name="call">The request.</param>
    /// <returns>Why not; null when it is done.</returns>
    public async Task<Problem?> List(ApiCall call)
    {
        var tenant = await grains.GetGrain<ITenantGrain>(call.Tenant).Get();
        var definitions = await Task.WhenAll(
            (tenant?.Products ?? []).Select(code => Read(call.Tenant, code)));
        await call.Answer(
            new ProductListAnswer([.. definitions.OfType<ProductDefinition>().Select(ProductAnswer.Of)]),
            ApiJsonContext.Default.ProductListAnswer);
        return null;
    }

    private static Problem Invalid(IReadOnlyList<FieldError> errors) =>
        new(ProblemCode.InvalidBody, "The product is not changed.") { Errors = errors };

    private Task<ProductDefinition?> Read(string tenant, string code) =>
        grains.GetGrain<IProductGrain>(new ProductKey(tenant, code).ToString()).Get();
}
