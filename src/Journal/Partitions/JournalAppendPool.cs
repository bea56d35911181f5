namespace Tally.Journal.Partitions;

/// <summary>Keeps the objects that appends wait on.</summary>
internal sealed class JournalAppendPool
{
    private const int KeptMax = 16_384;

    private readonly Lock _lock = new();
    private readonly Stack<JournalAppend> _idle = [];

    /// <summary>Takes one.</summary>
    /// <returns>One that nobody waits on.</returns>
    public JournalAppend Rent()
    {
        lock (_lock)
        {
            if (_idle.TryPop(out var idle))
            {
                return idle;
            }
        }

        return new(this);
    }

    /// <summary>Gives one back.</summary>
    /// <param name="append">It.</param>
    public void Return(JournalAppend append)
    {
        lock (_lock)
        {
            if (_idle.Count < KeptMax)
            {
                _idle.Push(append);
            }
        }
    }
}
