using Tally.Domain.Sealing;

namespace Tally.Domain.Reconciliation.Comparison;

/// <summary>Says in which way both sides of a unit differ.</summary>
internal static class UnitJudge
{
    /// <summary>Judges what is one record for AWS.</summary>
    /// <param name="unit">Both sides.</param>
    /// <returns>The kind, and the record here that it is about; no kind where they don't differ.</returns>
    public static (DifferenceKind? Kind, Standing? About) OfRecord(Unit unit)
    {
        var expected = unit.Here.Where(one => one.IsExpected).ToList();
        if (expected.Count > 1)
        {
            return (DifferenceKind.TwiceHere, expected[0]);
        }

        if (expected is not [var mine])
        {
            return OfUndelivered(unit);
        }

        if (unit.There is not [var first, ..])
        {
            return (DifferenceKind.MissingInEvidence, mine);
        }

        if (unit.There.Count > 1)
        {
            return (DifferenceKind.TwiceInEvidence, mine);
        }

        if (first.Quantity != mine.Record.Quantity)
        {
            return (DifferenceKind.OtherQuantity, mine);
        }

        var isOtherReceipt = mine.Receipt is { } receipt
            && first.MeteringRecordIds.Count > 0
            && !first.MeteringRecordIds.Contains(receipt);
        return (isOtherReceipt ? DifferenceKind.OtherReceipt : null, mine);
    }

    /// <summary>Judges a sum.</summary>
    /// <param name="unit">Both sides.</param>
    /// <returns>The kind; null where they don't differ.</returns>
    public static DifferenceKind? OfSum(Unit unit)
    {
        var (here, there) = (unit.QuantityHere, unit.QuantityThere);
        if (here == there)
        {
            return unit.There.Count == 0 && !unit.Here.Exists(one => one.IsExpected) ? InFlight(unit) : null;
        }

        if (unit.There.Count == 0)
        {
            return DifferenceKind.MissingInEvidence;
        }

        if (unit.Here.Count == 0)
        {
            return DifferenceKind.UnknownHere;
        }

        // Whether it is one of them or several, nobody can say; if it is all of them together, the sum tells.
        var open = unit.Here.Where(one => !one.IsExpected).ToList();
        var sent = open.Where(one => one.WasSent).Sum(one => (long)one.Record.Quantity);
        if (sent > 0 && here + sent == there)
        {
            return DifferenceKind.AnswerLost;
        }

        return here == 0 && open.Sum(one => (long)one.Record.Quantity) == there
            ? DifferenceKind.NeverSentHere
            : DifferenceKind.OtherQuantity;
    }

    private static (DifferenceKind? Kind, Standing? About) OfUndelivered(Unit unit)
    {
        if (unit.There is not [var first, ..])
        {
            return (InFlight(unit), unit.Here.Find(IsInFlight));
        }

        // What was sent explains most; and of that, what has this name still.
        var about = unit.Here.OrderByDescending(one => one.WasSent).ThenBy(one => one.IsFormer).FirstOrDefault();
        return about switch
        {
            null => (DifferenceKind.UnknownHere, null),
            _ when unit.There.Count > 1 => (DifferenceKind.TwiceInEvidence, about),
            _ when first.Quantity != about.Record.Quantity => (DifferenceKind.OtherQuantity, about),
            { WasSent: true } => (DifferenceKind.AnswerLost, about),
            _ => (DifferenceKind.NeverSentHere, about),
        };
    }

    private static DifferenceKind? InFlight(Unit unit) =>
        unit.Here.Exists(IsInFlight) ? DifferenceKind.InFlight : null;

    private static bool IsInFlight(Standing one) =>
        one is { State: RecordState.Waiting, WasSent: true, IsFormer: false };
}
