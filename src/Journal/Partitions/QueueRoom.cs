namespace Tally.Journal.Partitions;

/// <summary>How much may wait for a store; all its queues share it.</summary>
/// <param name="countMax">How many entries.</param>
/// <param name="bytesMax">How many bytes, unless a single entry has more.</param>
internal sealed class QueueRoom(int countMax, long bytesMax)
{
    private readonly Lock _lock = new();
    private long _bytes;
    private int _count;

    /// <summary>Takes room for an entry.</summary>
    /// <param name="size">How many bytes it has.</param>
    /// <returns>Whether there was room.</returns>
    public bool TryReserve(int size)
    {
        lock (_lock)
        {
            if (_count >= countMax || (_count > 0 && _bytes + size > bytesMax))
            {
                return false;
            }

            _count++;
            _bytes += size;
            return true;
        }
    }

    /// <summary>Gives room back.</summary>
    /// <param name="count">Of how many entries.</param>
    /// <param name="bytes">Of how many bytes.</param>
    public void Release(int count, long bytes)
    {
        lock (_lock)
        {
            _count -= count;
            _bytes -= bytes;
        }
    }
}
