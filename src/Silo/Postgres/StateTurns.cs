namespace Tally.Silo.Postgres;

/// <summary>Bounds how many states of actors are read and written at once.</summary>
/// <param name="most">How many; 1 or more.</param>
internal sealed class StateTurns(int most) : IDisposable
{
    private readonly SemaphoreSlim _free = new(most, most);

    /// <summary>Waits for a turn, first come, first served.</summary>
    /// <returns>The turn, which ends when it is disposed of.</returns>
    public async ValueTask<IDisposable> Take()
    {
        await _free.WaitAsync();
        return new Turn(_free);
    }

    /// <inheritdoc />
    public void Dispose() => _free.Dispose();

    private sealed class Turn(SemaphoreSlim free) : IDisposable
    {
        public void Dispose() => free.Release();
    }
}
