using System.Globalization;
using Tally.Domain.Catalogue;

namespace Tally.Domain.Sealing;

/// <summary>Finds records that are far beyond what their customer had, and when they are let go all the same.</summary>
public static class AnomalyRules
{
    /// <summary>How many of a dimension's last records tell what is usual: a day's.</summary>
    public const int HistoryMax = 24;

    /// <summary>With fewer records than this nothing is usual yet, and nothing is held.</summary>
    public const int HistoryMin = 3;

    /// <summary>Decides which of the records that were just sealed are held.</summary>
    /// <param name="guard">When to hold.</param>
    /// <param name="records">The customer's records, those just sealed included, by dimension and hour.</param>
    /// <param name="isFresh">Whether a record was just sealed, so that nobody has seen it.</param>
    /// <param name="now">The present moment.</param>
    /// <returns>What is to be settled.</returns>
    /// <remarks>
    /// Records that are held or were written off don't count as usual; one that a person has released does. So of
    /// several hours in a row that jump, each is held until somebody says that it is right.
    /// </remarks>
    public static IReadOnlyList<Settlement> Hold(
        AnomalyGuard guard, IEnumerable<RecordView> records, Func<RecordKey, bool> isFresh, DateTimeOffset now)
    {
        var held = new List<Settlement>();
        foreach (var dimension in records.GroupBy(view => view.Record.Key.Ordinal))
        {
            var usual = new Queue<int>();
            foreach (var view in dimension.OrderBy(view => view.Record.Key.HourStartSeconds))
            {
                if (isFresh(view.Record.Key) && Reason(guard, usual, view.Record.Quantity) is { } reason)
                {
                    held.Add(new(view.Record.Key, RecordState.Held, null, reason, now));
                }
                else if (view.State is not RecordState.Held and not RecordState.WrittenOff)
                {
                    usual.Enqueue(view.Record.Quantity);
                    while (usual.Count > HistoryMax)
                    {
                        usual.Dequeue();
                    }
                }
            }
        }

        return held;
    }

    /// <summary>Lets go of held records whose deadline nears: usage is rather charged than lost.</summary>
    /// <param name="records">The customer's records.</param>
    /// <param name="releaseAt">When a record is let go, by its timestamp.</param>
    /// <param name="now">The present moment.</param>
    /// <returns>What is to be settled.</returns>
    public static IReadOnlyList<Settlement> Release(
        IEnumerable<RecordView> records, Func<DateTimeOffset, DateTimeOffset> releaseAt, DateTimeOffset now) =>
    [
        .. from view in records
           where view.State == RecordState.Held && releaseAt(view.Record.Timestamp) <= now
           select new Settlement(
               view.Record.Key, RecordState.Waiting, null, $"released: deadline nears ({view.Last?.Reason})", now),
    ];

    private static string? Reason(AnomalyGuard guard, Queue<int> usual, int quantity)
    {
        if (quantity < guard.QuantityMin || usual.Count < HistoryMin)
        {
            return null;
        }

        var largest = usual.Max();
        return quantity > (long)guard.Factor * largest
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"AnomalyGuard: {quantity} is more than {guard.Factor} times {largest}, the most of the last "
                + $"{usual.Count} records")
            : null;
    }
}
