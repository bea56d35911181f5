using Tally.Domain.Quantities;

namespace Tally.Domain.Conservation;

/// <summary>
/// The conservation equation of one dimension: what was accepted is somewhere.
/// <c>Accepted + Rounding = Delivered + Open + Waiting + Parked + Quarantined + Expired + WrittenOff
/// + Carried</c>.
/// </summary>
/// <param name="Accepted">
/// The sum of what each counted event added to its accumulator, booked when it was counted.
/// </param>
/// <param name="Rounding">What rounding up added and rounding down took, booked at sealing.</param>
/// <param name="Delivered">In records that AWS has.</param>
/// <param name="Open">In accumulators that are not sealed.</param>
/// <param name="Waiting">In sealed records that wait to be sent or answered.</param>
/// <param name="Parked">In records whose customer is not subscribed.</param>
/// <param name="Quarantined">In records held for a person.</param>
/// <param name="Held">In records far beyond the usual, held for a person.</param>
/// <param name="Expired">In records that could not be delivered in time.</param>
/// <param name="WrittenOff">In records that a person gave up.</param>
/// <param name="Shadowed">In records that are computed and not sent.</param>
/// <param name="Carried">Fractions and overflows that wait for the customer's next record.</param>
public readonly record struct Balance(
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
    Quantity Carried)
{
    /// <summary>Left side minus right side; always zero.</summary>
    public Quantity Difference =>
        Accepted + Rounding - Delivered - Open - Waiting - Parked - Quarantined - Held - Expired - WrittenOff
        - Shadowed - Carried;

    /// <summary>Adds two balances part by part.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>The sum.</returns>
    public static Balance operator +(Balance left, Balance right) => new(
        left.Accepted + right.Accepted,
        left.Rounding + right.Rounding,
        left.Delivered + right.Delivered,
        left.Open + right.Open,
        left.Waiting + right.Waiting,
        left.Parked + right.Parked,
        left.Quarantined + right.Quarantined,
        left.Held + right.Held,
        left.Expired + right.Expired,
        left.WrittenOff + right.WrittenOff,
        left.Shadowed + right.Shadowed,
        left.Carried + right.Carried);
}
