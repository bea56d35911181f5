using Tally.Contracts.Entitlement;
using Tally.Domain.Catalogue;
using Tally.Domain.Entitlement;

namespace Tally.Grains.Customers;

/// <content>Whether usage may be taken at all.</content>
internal sealed partial class CustomerGrain
{
    /// <summary>
    /// Takes nothing of a product that AWS would not take from this buyer: an acknowledged event that can't be
    /// delivered is usage that nobody pays for.
    /// </summary>
    private async ValueTask ThrowIfNotEntitled(ProductDefinition product)
    {
        if (product.Channel != DeliveryChannel.MeterUsage)
        {
            return;
        }

        var status = await GrainFactory.GetGrain<IEntitlementGrain>(_key.Product.ToString()).Get();
        switch (status.Verdict)
        {
            case EntitlementVerdict.NotEntitled:
                throw new NotEntitledException($"{status.Code}: {status.Message}");
            case EntitlementVerdict.Unknown:
                throw new EntitlementUnknownException(
                    status.Code is null ? $"{status.Message}" : $"{status.Code}: {status.Message}");
        }
    }
}
