using Tally.Domain.Sealing;

namespace Tally.Domain.Counting;

/// <summary>Decides what a person may do with a record that AWS didn't take.</summary>
internal static class AmendmentRules
{
    /// <summary>Decides about an amendment; changes nothing.</summary>
    /// <param name="ledger">The customer's ledger.</param>
    /// <param name="amendment">What is wanted.</param>
    /// <param name="rules">The product, and until when AWS takes its records.</param>
    /// <param name="now">The present moment.</param>
    /// <returns>The status, and what happens to the record; null when nothing changes.</returns>
    /// <remarks>
    /// A waiting record is left alone: an answer of AWS may be on its way, and it may say that AWS has the record. A
    /// parked one isn't corrected, as it is sent again from time to time; quarantined ones are sent by nobody.
    /// </remarks>
    public static (AmendStatus Status, RecordChange? Change) Decide(
        CustomerLedger ledger,
        RecordAmendment amendment,
        CountingRules rules,
        DateTimeOffset now)
    {
        var views = ledger.Records();
        if (views.FirstOrDefault(candidate => candidate.Record.Key == amendment.Key) is not { } view)
        {
            return (AmendStatus.UnknownRecord, null);
        }

        var wanted = Wanted(view.Record, amendment);
        var target = amendment.Act == RecordAct.WriteOff ? RecordState.WrittenOff : RecordState.Waiting;
        if (view.State == target && view.Record == wanted)
        {
            return (AmendStatus.Done, null);
        }

        var status = Check(view, wanted, amendment.Act, rules.Acceptance.Deadline(wanted.Timestamp) <= now);
        if (status == AmendStatus.Done && wanted != view.Record)
        {
            status = CheckCorrection(wanted, views, rules);
        }

        return status == AmendStatus.Done
            ? (status, new(
                new(amendment.Key, target, null, ReasonOf(view, amendment), now), wanted.Identity, wanted.Dimension))
            : (status, null);
    }

    private static UsageRecord Wanted(UsageRecord record, RecordAmendment amendment) =>
        amendment is { Act: RecordAct.Correct, Correction: { } correction }
            ? record with
            {
                Dimension = correction.Dimension ?? record.Dimension,
                Identity = correction.Identity ?? record.Identity,
            }
            : record;

    private static AmendStatus Check(RecordView view, UsageRecord wanted, RecordAct act, bool isTooLate)
    {
        var isAllowed = view.State == RecordState.Quarantined
            || (view.State is RecordState.Parked or RecordState.Held && wanted == view.Record);
        if (!isAllowed)
        {
            return AmendStatus.WrongState;
        }

        return isTooLate && act != RecordAct.WriteOff ? AmendStatus.TooLate : AmendStatus.Done;
    }

    /// <summary>
    /// Looks at every other record of the hour, whatever its state: what is written off may still turn out delivered.
    /// </summary>
    private static AmendStatus CheckCorrection(
        UsageRecord wanted,
        IReadOnlyList<RecordView> views,
        CountingRules rules)
    {
        if (!rules.Product.Dimensions.Any(dimension => dimension.Name == wanted.Dimension))
        {
            return AmendStatus.UnknownDimension;
        }

        var others = views.Where(view => view.Record.Key.Ordinal != wanted.Key.Ordinal).ToList();
        var collides = others.Exists(other =>
            other.Record.Key.HourStartSeconds == wanted.Key.HourStartSeconds
            && other.Record.Dimension == wanted.Dimension);
        var mayCollide = others.GroupBy(other => other.Record.Key.Ordinal)
            .Any(account => MayHaveForgotten(account, wanted.Key.HourStartSeconds));
        return collides || mayCollide ? AmendStatus.Collision : AmendStatus.Done;
    }

    /// <summary>Whether an account had a final record of an hour, and no longer shows it.</summary>
    private static bool MayHaveForgotten(IEnumerable<RecordView> account, long hourStartSeconds)
    {
        var final = account.Where(view => LedgerRecord.IsFinalState(view.State)).ToList();
        return final.Count >= DimensionAccount.FinalRecordsKept
            && final.TrueForAll(view => view.Record.Key.HourStartSeconds > hourStartSeconds);
    }

    /// <summary>
    /// Says who and why, and keeps what AWS had said, which the next settlement would else forget.
    /// </summary>
    private static string ReasonOf(RecordView view, RecordAmendment amendment)
    {
        var act = amendment.Act switch
        {
            RecordAct.Release => "released",
            RecordAct.Correct => "corrected",
            RecordAct.WriteOff => "written off",
            _ => throw new ArgumentOutOfRangeException(nameof(amendment), amendment.Act, "Unknown act."),
        };
        var before = view.Last?.Reason is { } said ? $" (before: {said})" : "";
        return $"{act} by {amendment.By}: {amendment.Reason}{before}";
    }
}
