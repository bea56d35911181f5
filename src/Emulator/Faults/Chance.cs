namespace Tally.Emulator.Faults;

/// <summary>A fixed random number for every place: seed, call, and what is decided there.</summary>
internal static class Chance
{
    /// <summary>A number in [0, 1), evenly spread, always the same for the same place.</summary>
    public static double At(long seed, long call, int lane)
    {
        unchecked
        {
            var mixed = Mix((ulong)seed);
            mixed = Mix(mixed ^ (ulong)call);
            mixed = Mix(mixed ^ (ulong)lane);
            return (mixed >> 11) * (1.0 / (1UL << 53));
        }
    }

    // The finishing steps of SplitMix64 (Steele, Lea, Flood 2014).
    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value += 0x9E3779B97F4A7C15;
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }
}
