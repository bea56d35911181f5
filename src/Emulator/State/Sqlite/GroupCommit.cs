using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Tally.Emulator.State.Sqlite;

/// <summary>
/// The only writer of a database. Everything that waits is done in one transaction, and nobody is answered before it
/// is committed: the cost of the commit is shared, and its promise kept.
/// </summary>
internal sealed class GroupCommit : IAsyncDisposable
{
    private const int TogetherMax = 512;
    private const int WaitingMax = 8192;
    private readonly SqliteConnection _connection;
    private readonly Channel<Job> _jobs = Channel.CreateBounded<Job>(
        new BoundedChannelOptions(WaitingMax) { SingleReader = true });
    private readonly Task _loop;

    public GroupCommit(SqliteConnection connection)
    {
        _connection = connection;
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Does the work inside a transaction; returns its outcome when that is committed.</summary>
    /// <param name="work">Reads and writes; it may be undone, so it must change nothing else.</param>
    /// <param name="committed">What to do right after the commit, in the order of the work; null: nothing.</param>
    /// <exception cref="SqliteException">It could not be written; nothing of it was.</exception>
    public async Task<T> WriteAsync<T>(Func<SqliteConnection, T> work, Action? committed = null)
    {
        var job = new Job<T>(work, committed);
        await _jobs.Writer.WriteAsync(job);
        return await job.Done;
    }

    public async ValueTask DisposeAsync()
    {
        _ = _jobs.Writer.TryComplete();
        await _loop;
        await _connection.DisposeAsync();
    }

    private async Task RunAsync()
    {
        var together = new List<Job>(TogetherMax);
        while (await _jobs.Reader.WaitToReadAsync())
        {
            while (together.Count < TogetherMax && _jobs.Reader.TryRead(out var job))
                together.Add(job);
            Commit(together);
            together.Clear();
        }
    }

    private void Commit(List<Job> together)
    {
        try
        {
            _connection.Execute("BEGIN IMMEDIATE");
            foreach (var job in together)
                job.Work(_connection);
            _connection.Execute("COMMIT");
        }
        catch (Exception failure)
        {
            RollBack();
            foreach (var job in together)
                job.Fail(failure);
            return;
        }

        foreach (var job in together)
            job.Complete();
    }

    private void RollBack()
    {
        try
        {
            _connection.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // Some failures end the transaction themselves. If this one did not, the next BEGIN fails and says so.
            return;
        }
    }

    private abstract class Job
    {
        public abstract void Work(SqliteConnection connection);

        public abstract void Complete();

        public abstract void Fail(Exception failure);
    }

    private sealed class Job<T>(Func<SqliteConnection, T> work, Action? committed) : Job
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _outcome;

        public Task<T> Done => _done.Task;

        public override void Work(SqliteConnection connection) => _outcome = work(connection);

        public override void Complete()
        {
            committed?.Invoke();
            _ = _done.TrySetResult(_outcome!);
        }

        public override void Fail(Exception failure) => _ = _done.TrySetException(failure);
    }
}
