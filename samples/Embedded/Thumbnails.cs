using Tally.Contracts.Customers;
using Tally.Domain.Catalogue;

namespace Tally.Embedded;

/// <summary>What the vendor sells. Customers are told what they have used before they use more.</summary>
/// <param name="grains">Where Tally's actors are, as they live in the same silo.</param>
public sealed class Thumbnails(IGrainFactory grains)
{
    private static readonly ProductKey Product = new("default", "thumbnails");

    /// <summary>Makes a thumbnail for a customer; whoever calls posts the usage event to <c>/v1/events</c>.</summary>
    /// <param name="customer">The customer.</param>
    /// <returns>What is said to the customer.</returns>
    public async Task<string> Make(string customer)
    {
        var usage = await grains.GetGrain<ICustomerGrain>(new CustomerKey(Product, customer).ToString()).GetUsage();
        var open = usage?.Open.Sum(accumulator => accumulator.Events) ?? 0;
        return $"A thumbnail for {customer}, who has {open} events in the hours that are open.";
    }
}
