using System.Globalization;
using Tally.Contracts.Customers;
using Tally.Contracts.Delivery;
using Tally.Domain.Conservation;
using Tally.Domain.Quantities;

namespace Tally.Api.Customers;

/// <summary>
/// The conservation equation of one dimension: <c>accepted + rounding = delivered + open + waiting + parked +
/// quarantined + held + expired + writtenOff + shadowed + carried + difference</c>, where the difference is 0.
/// </summary>
/// <param name="Dimension">The dimension's name.</param>
/// <param name="Accepted">What the counted events added.</param>
/// <param name="Rounding">What rounding up added and rounding down took.</param>
/// <param name="Delivered">In records that AWS has.</param>
/// <param name="Open">In hours that are not sealed.</param>
/// <param name="Waiting">In sealed records that wait to be sent or answered.</param>
/// <param name="Parked">In records whose customer is not subscribed.</param>
/// <param name="Quarantined">In records held for a person.</param>
/// <param name="Held">In records far beyond the usual, held for a person.</param>
/// <param name="Expired">In records that could not be delivered in time.</param>
/// <param name="WrittenOff">In records that a person gave up.</param>
/// <param name="Shadowed">In records that are computed and not sent.</param>
/// <param name="Carried">Fractions and overflows that wait for the customer's next record.</param>
/// <param name="Difference">Left side minus right side; 0 unless something is wrong.</param>
/// <param name="Remainders">
/// What conversions left of a customer's sealed hours beyond six decimals, in fractions of a millionth such as
/// <c>1/3</c>; no part of the equation, and absent for none.
/// </param>
internal sealed record BalanceAnswer(
    string Dimension,
    Quantity Accepted,
    Quantity Rounding,
    Quantity Delivered,
    Quantity Open,
    Quantity Waiting,
    Quantity Parked,
    Quantity Quarantined,
    Quantity Held,
    Quantity Expired,
    Quantity WrittenOff,
    Quantity Shadowed,
    Quantity Carried,
    Quantity Difference,
    IReadOnlyList<string>? Remainders)
{
    /// <summary>Shows a balance.</summary>
    /// <param name="balance">The balance.</param>
    /// <returns>The answer.</returns>
    public static BalanceAnswer Of(DimensionBalance balance) =>
        Of(balance.Dimension, balance.Balance, balance.Remainders);

    private static BalanceAnswer Of(
        string dimension, in Balance balance, IReadOnlyList<MicroFraction> remainders) => new(
        dimension,
        balance.Accepted,
        balance.Rounding,
        balance.Delivered,
        balance.Open,
        balance.Waiting,
        balance.Parked,
        balance.Quarantined,
        balance.Held,
        balance.Expired,
        balance.WrittenOff,
        balance.Shadowed,
        balance.Carried,
        balance.Difference,
        remainders.Count == 0
            ? null
            : [.. remainders.Select(one => string.Create(
                CultureInfo.InvariantCulture, $"{one.Numerator}/{one.Denominator}"))]);
}

/// <summary>Where everything is that was accepted for a product.</summary>
/// <param name="Product">The product code.</param>
/// <param name="Balanced">Whether nothing is missing and nothing too much in any dimension.</param>
/// <param name="Dimensions">The equation of each dimension.</param>
internal sealed record ReconciliationAnswer(string Product, bool Balanced, IReadOnlyList<BalanceAnswer> Dimensions);

/// <summary>How a product's delivery is doing.</summary>
/// <param name="Product">The product code.</param>
/// <param name="Customers">Customers that have ever had usage or a profile.</param>
/// <param name="ActiveCustomers">Customers with something to seal or send.</param>
/// <param name="Waiting">Sealed records that wait to be sent or answered.</param>
/// <param name="Parked">Records whose customers are not subscribed.</param>
/// <param name="Delivered">Records delivered since delivery was started.</param>
/// <param name="Quarantined">Records quarantined since delivery was started.</param>
/// <param name="Expired">Records expired since delivery was started.</param>
/// <param name="LastSubmitted">When AWS last answered a call; absent for never.</param>
/// <param name="NextSeal">When the next hour will be sealed.</param>
/// <param name="Problem">Why nothing can be sent at present; absent when nothing is wrong.</param>
/// <param name="Suspended">Why the product is suspended; absent when it isn't.</param>
internal sealed record StatusAnswer(
    string Product,
    int Customers,
    int ActiveCustomers,
    int Waiting,
    int Parked,
    long Delivered,
    long Quarantined,
    long Expired,
    DateTimeOffset? LastSubmitted,
    DateTimeOffset NextSeal,
    string? Problem,
    SuspensionAnswer? Suspended);

/// <summary>Why nothing of a product is sent, until AWS takes a call of it again.</summary>
/// <param name="Code">AWS's error code, for example <c>DisabledApiException</c>.</param>
/// <param name="Reason">What AWS says, for people.</param>
/// <param name="AwsRequestId">AWS's request id; absent where the call never got there.</param>
/// <param name="Since">Since when it has been so.</param>
/// <param name="NextProbe">When one call tries again.</param>
internal sealed record SuspensionAnswer(
    string Code,
    string Reason,
    string? AwsRequestId,
    DateTimeOffset Since,
    DateTimeOffset NextProbe)
{
    /// <summary>Shows a suspension.</summary>
    /// <param name="suspension">The suspension; null for none.</param>
    /// <returns>The answer; null for none.</returns>
    public static SuspensionAnswer? Of(Suspension? suspension) => suspension is null
        ? null
        : new(suspension.Code, suspension.Reason, suspension.RequestId, suspension.Since, suspension.NextProbe);
}
