using Tally.Domain.Quantities;

namespace Tally.Domain.Allocations;

/// <summary>Divides a record's whole quantity over those that it is owed to.</summary>
public static class Apportionment
{
    /// <summary>Gives each unit, one after the other, to whoever is owed most at that moment.</summary>
    /// <param name="owed">
    /// What each is owed: what it used and did not get in earlier records, below zero where it got more. Of two that
    /// are owed the same the first comes first.
    /// </param>
    /// <param name="whole">How many units there are; zero or more.</param>
    /// <returns>
    /// What each gets: zero or more, and together exactly <paramref name="whole"/>. As long as all are owed that much
    /// together, nobody gets a whole unit more than it is owed.
    /// </returns>
    /// <remarks>
    /// With nobody below zero it is the method of the largest remainder. Who goes short is owed the more the next time,
    /// so that over many records each gets what it used. The units aren't counted out: what is looked for is the level
    /// that the largest claims are brought down to.
    /// </remarks>
    public static int[] Divide(ReadOnlySpan<Quantity> owed, int whole)
    {
        var most = owed.IsEmpty ? Quantity.Zero : owed[0];
        foreach (var one in owed)
        {
            most = one > most ? one : most;
        }

        // At the upper level nobody gets anything; at the lower one who is owed most gets a unit too many.
        var (low, high) = (most - Quantity.OfUnits((long)whole + 1), most);
        while (high.Micros - low.Micros > 1)
        {
            var middle = new Quantity(low.Micros + ((high.Micros - low.Micros) / 2));
            (low, high) = UnitsDownTo(middle, owed, whole) > whole ? (middle, high) : (low, middle);
        }

        var parts = new int[owed.Length];
        var left = whole;
        for (var index = 0; index < parts.Length; index++)
        {
            parts[index] = (int)UnitsDownTo(high, owed[index]);
            left -= parts[index];
        }

        // One more for each would be too many, so there are enough at the level.
        for (var index = 0; left > 0; index++)
        {
            if (owed[index] - Quantity.OfUnits(parts[index]) == high)
            {
                parts[index]++;
                left--;
            }
        }

        return parts;
    }

    private static long UnitsDownTo(Quantity level, ReadOnlySpan<Quantity> owed, int enough)
    {
        long units = 0;
        for (var index = 0; index < owed.Length && units <= enough; index++)
        {
            units += UnitsDownTo(level, owed[index]);
        }

        return units;
    }

    private static long UnitsDownTo(Quantity level, Quantity owed) => owed <= level
        ? 0
        : (long)((owed.Micros - level.Micros + Quantity.MicrosPerUnit - 1) / Quantity.MicrosPerUnit);
}
