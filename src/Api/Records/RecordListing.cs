using System.Globalization;
using Tally.Api.Errors;
using Tally.Api.Hosting;
using Tally.Api.Products;
using Tally.Contracts.Customers;
using Tally.Contracts.Delivery;
using Tally.Domain.Catalogue;
using Tally.Domain.Sealing;

namespace Tally.Api.Records;

/// <summary>Lists a product's records by state, a bounded number of customers at a time.</summary>
/// <param name="grains">Where customers are.</param>
/// <param name="products">Which products there are.</param>
internal sealed class RecordListing(IGrainFactory grains, ProductCache products)
{
    private const int LimitDefault = 50;
    private const int LimitMax = 200;
    private const int ConcurrentCallsMax = 16;

    /// <summary>Lists records.</summary>
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
            return new(ProblemCode.InvalidParameter, "The limit is a number of customers from 1 to 200.");
        }

        var word = query["state"] is [{ Length: > 0 } asked] ? asked : "quarantined";
        if (RecordWords.StateOf(word) is not { } state)
        {
            return new(
                ProblemCode.InvalidParameter, "The state is waiting, parked, quarantined, expired or written_off.");
        }

        var customer = query["customer"] is [{ Length: > 0 } name] ? name : null;
        if (customer is not null && !Names.IsName(customer))
        {
            return new(ProblemCode.InvalidParameter, "A customer has 1 to 255 characters.");
        }

        if (await products.Find(call.Tenant, call["product"]) is not { } product)
        {
            return new(ProblemCode.UnknownProduct);
        }

        var after = query["after"] is [{ Length: > 0 } given] ? given : null;
        var customers = customer is not null
            ? [customer]
            : await grains.GetGrain<IDeliveryGrain>(product.Text).ListCustomers(after, limit);
        var records = await Collect(product, customers, state, call.Stop);
        var next = customer is null && customers.Count == limit ? customers[^1] : null;
        await call.Answer(new RecordListAnswer(records, next), ApiJsonContext.Default.RecordListAnswer);
        return null;
    }

    private async Task<IReadOnlyList<HeldRecordAnswer>> Collect(
        CachedProduct product,
        IReadOnlyList<string> customers,
        RecordState state,
        CancellationToken stop)
    {
        var pages = new IReadOnlyList<HeldRecordAnswer>[customers.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = ConcurrentCallsMax, CancellationToken = stop };
        await Parallel.ForAsync(0, customers.Count, options, async (index, _) =>
        {
            var key = new CustomerKey(product.Key, customers[index]);
            var usage = await grains.GetGrain<ICustomerGrain>(key.ToString()).GetUsage();
            pages[index] = usage is null ? [] : RecordsOf(product.Definition, customers[index], usage, state);
        });
        return [.. pages.SelectMany(page => page)];
    }

    private static IReadOnlyList<HeldRecordAnswer> RecordsOf(
        ProductDefinition product,
        string customer,
        CustomerUsage usage,
        RecordState state) =>
    [
        .. from view in usage.Records
           where view.State == state
           let key = view.Record.Key
           orderby key.Ordinal, key.HourStartSeconds
           let dimension = product.Dimensions.ElementAtOrDefault(key.Ordinal)?.Name ?? view.Record.Dimension
           select HeldRecordAnswer.Of(customer, dimension, view, usage.Acceptance),
    ];
}
