using System.Globalization;
using Tally.Api.Errors;
using Tally.Api.Hosting;
using Tally.Api.Products;
using Tally.Contracts.Customers;
using Tally.Contracts.Delivery;
using Tally.Domain.Catalogue;
using Tally.Domain.Quantities;

namespace Tally.Api.Customers;

/// <summary>Customers of a product: who they are, what they used, where it all is.</summary>
/// <param name="grains">Where customers are.</param>
/// <param name="products">Which products there are.</param>
/// <param name="bodies">How bodies are read.</param>
internal sealed class CustomerOperations(IGrainFactory grains, ProductCache products, JsonBody bodies)
{
    private const int LimitDefault = 100;
    private const int LimitMax = 1_000;

    /// <summary>Says who a customer is.</summary>
    /// <param name="call">The request.</param>
    /// <returns>Why not; null when it is done.</returns>
    public async Task<Problem?> Put(ApiCall call)
    {
        var (grain, problem) = await Find(call);
        if (grain is null)
        {
            return problem;
        }

        var (request, unread) = await bodies.Read(call, ApiJsonContext.Default.CustomerRequest);
        if (request is null)
        {
            return unread;
        }

        var errors = new List<FieldError>();
        var identity = CustomerRules.Read(call["customer"], request, errors);
        if (errors.Count > 0)
        {
            return new(ProblemCode.InvalidBody, "The customer is not changed.") { Errors = errors };
        }

        var profile = new CustomerProfile(string.IsNullOrEmpty(request.Name) ? null : request.Name, identity);
        await grain.PutProfile(profile);
        await Answer(call, profile);
        return null;
    }

    /// <summary>Shows who a customer is.</summary>
    /// <param name="call">The request.</param>
    /// <returns>Why not; null when it is done.</returns>
    public async Task<Problem?> Get(ApiCall call)
    {
        var (grain, problem) = await Find(call);
        if (grain is null)
        {
            return problem;
        }

        if (await grain.GetProfile() is not { } profile)
        {
            return new(ProblemCode.UnknownCustomer);
        }

        await Answer(call, profile);
        return null;
    }

    /// <summary>Shows what a customer has used.</summary>
    /// <param name="call">The request.</param>
    /// <returns>Why not; null when it is done.</returns>
    public async Task<Problem?> GetUsage(ApiCall call)
    {
        var (grain, problem) = await Find(call);
        if (grain is null)
        {
            return problem;
        }

        if (await grain.GetUsage() is not { } usage)
        {
            return new(ProblemCode.UnknownCustomer);
        }

        await call.Answer(UsageAnswer.Of(call["customer"], usage), ApiJsonContext.Default.UsageAnswer);
        return null;
    }

    /// <summary>Lists a product's customers.</summary>
    /// <param name="call">The request.</param>
    /// <returns>Why not; null when it is done.</returns>
    public async Task<Problem?> List(ApiCall call)
    {
        var query = call.Http.Request.Query;
        var limit = LimitDefault;
        if (query.TryGetValue("limit", out var text)
            && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit)
                && limit is >= 1 and <= LimitMax))
        {
            return new(ProblemCode.InvalidParameter, "The limit is a number from 1 to 1000.");
        }

        if (await products.Find(call.Tenant, call["product"]) is not { } product)
        {
            return new(ProblemCode.UnknownProduct);
        }

        var after = query["after"] is [{ Length: > 0 } given] ? given : null;
        var names = await Delivery(product).ListCustomers(after, limit);
        await call.Answer(
            new CustomerListAnswer(names, names.Count == limit ? names[^1] : null),
            ApiJsonContext.Default.CustomerListAnswer);
        return null;
    }

    /// <summary>Shows where everything is that was accepted for a product.</summary>
    /// <param name="call">The request.</param>
    /// <returns>Why not; null when it is done.</returns>
    public async Task<Problem?> Reconcile(ApiCall call)
    {
        if (await products.Find(call.Tenant, call["product"]) is not { } product)
        {
            return new(ProblemCode.UnknownProduct);
        }

        var balances = await Delivery(product).GetBalances();
        await call.Answer(
            new ReconciliationAnswer(
                product.Key.Code,
                balances.All(balance => balance.Balance.Difference == Quantity.Zero),
                [.. balances.Select(BalanceAnswer.Of)]),
            ApiJsonContext.Default.ReconciliationAnswer);
        return null;
    }

    /// <summary>Shows how a product's delivery is doing.</summary>
    /// <param name="call">The request.</param>
    /// <returns>Why not; null when it is done.</returns>
    public async Task<Problem?> GetStatus(ApiCall call)
    {
        if (await products.Find(call.Tenant, call["product"]) is not { } product)
        {
            return new(ProblemCode.UnknownProduct);
        }

        var status = await Delivery(product).GetStatus();
        await call.Answer(
            new StatusAnswer(
                product.Key.Code,
                status.Customers,
                status.ActiveCustomers,
                status.Waiting,
                status.Parked,
                status.Delivered,
                status.Quarantined,
                status.Expired,
                status.LastSubmitted,
                status.NextSeal,
                status.Problem,
                SuspensionAnswer.Of(status.Suspension)),
            ApiJsonContext.Default.StatusAnswer);
        return null;
    }

    private static Task Answer(ApiCall call, CustomerProfile profile) => call.Answer(
        new CustomerAnswer(
            call["customer"],
            profile.Name,
            profile.Identity.CustomerIdentifier,
            profile.Identity.AwsAccountId,
            profile.Identity.LicenseArn),
        ApiJsonContext.Default.CustomerAnswer);

    private async ValueTask<(ICustomerGrain? Grain, Problem? Problem)> Find(ApiCall call)
    {
        if (await products.Find(call.Tenant, call["product"]) is not { } product)
        {
            return (null, new(ProblemCode.UnknownProduct));
        }

        return Names.IsName(call["customer"])
            ? (grains.GetGrain<ICustomerGrain>(new CustomerKey(product.Key, call["customer"]).ToString()), null)
            : (null, new(ProblemCode.InvalidParameter, "A customer has 1 to 255 characters."));
    }

    private IDeliveryGrain Delivery(CachedProduct product) => grains.GetGrain<IDeliveryGrain>(product.Text);
}
