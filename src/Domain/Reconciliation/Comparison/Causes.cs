using Tally.Domain.Sealing;

namespace Tally.Domain.Reconciliation.Comparison;

/// <summary>Says what a difference most likely comes from, and what to do about it.</summary>
internal static class Causes
{
    /// <summary>Explains a difference.</summary>
    /// <param name="kind">In which way the sides differ.</param>
    /// <param name="about">The record here; null for none, or for sums.</param>
    /// <param name="unit">Both sides.</param>
    /// <returns>A sentence or two.</returns>
    public static string Of(DifferenceKind kind, Standing? about, Unit unit) => kind switch
    {
        DifferenceKind.MissingInEvidence => OfMissing(about, unit),
        DifferenceKind.AnswerLost => OfLost(about),
        DifferenceKind.OtherQuantity => OfQuantity(about),
        DifferenceKind.OtherReceipt =>
            "The quantity is right, the receipt isn't: another pipeline sent the same record first, or the evidence "
            + "is another region's or another account's.",
        DifferenceKind.UnknownHere =>
            "Nothing like it was sealed here: another pipeline sends for this product too, or somebody did by hand.",
        DifferenceKind.NeverSentHere =>
            "No call with it is written down here: another pipeline sent this usage, or the ledger couldn't be "
            + "written during the call. Don't correct and send the record here: it would be billed twice.",
        DifferenceKind.TwiceInEvidence =>
            "The evidence has it more than once: sent to two regions or under two accounts, which is billed twice, "
            + "or a part of the evidence was joined to it twice.",
        DifferenceKind.TwiceHere =>
            "Several records were delivered here under one buyer, dimension and hour: two customers bear the same "
            + "identity. AWS keeps the first quantity, and bills only that.",
        DifferenceKind.InFlight =>
            "It was sent and waits to be sent again: its answer is missing, or AWS put it off. It settles itself; "
            + "reconcile again later.",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown kind."),
    };

    private static string OfMissing(Standing? about, Unit unit)
    {
        if (about?.State == RecordState.Shadowed)
        {
            return "Computed here in shadow mode, and the other pipeline did not send it: only here.";
        }

        return unit.Refused.Count > 0
            ? "AWS accepted it by what is written here, yet the evidence has it only as refused: a part of the "
                + "evidence is missing, or is another region's."
            : "AWS accepted it by what is written here: a part of the evidence is missing, or is another region's "
                + "or account's. Should the evidence be complete, show AWS the receipt.";
    }

    private static string OfLost(Standing? about) => about switch
    {
        null =>
            "AWS has what was sent from here and isn't delivered here: answers were lost. Don't correct and send "
            + "these records: they would be billed twice.",
        { IsFormer: true } =>
            "AWS took it as it was before it was corrected here, and the answer was lost: once its correction is "
            + "delivered, it is billed twice. If it isn't yet, write it off; else refund the buyer.",
        { State: RecordState.Waiting } =>
            "AWS took it and the answer was lost. It is sent again unchanged, which AWS takes for the same record; "
            + "it settles itself.",
        { State: RecordState.Expired } =>
            "AWS took it and the answer was lost: it is billed, though it expired here. Nothing is to be sent.",
        { State: RecordState.WrittenOff } =>
            "AWS took it before it was written off here, and the answer was lost: it is billed. Refund the buyer, if "
            + "it was to be a gift.",
        _ =>
            "AWS took it and the answer was lost. Never correct it: under another dimension or buyer it would be "
            + "billed twice. Release it as it is, which AWS takes for the same record, or write it off here.",
    };

    private static string OfQuantity(Standing? about) => about switch
    {
        null => "The sums differ: look at the hours with evidence that tells them.",
        { State: RecordState.Shadowed } =>
            "Computed here in shadow mode with another quantity than the other pipeline sent.",
        { State: RecordState.Delivered } =>
            "AWS accepted another quantity than is written here: another pipeline sent the hour first, or the "
            + "evidence was changed.",
        _ =>
            "AWS keeps the first quantity that it got, and another pipeline sent this one first. The record here "
            + "can't be delivered any more; write it off, and settle what is between them by hand.",
    };
}
