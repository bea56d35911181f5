namespace Tally.Journal.Sqlite;

/// <summary>A write that shares a commit with others. The writer's thread calls it.</summary>
internal abstract class WriteOperation
{
    /// <summary>How many bytes it writes, about; it may grow until it is executed.</summary>
    public abstract int Bytes { get; }

    /// <summary>Whether an error of its own is its alone: what it wrote is taken back and the commit goes on.</summary>
    public virtual bool FailsAlone => true;

    /// <summary>Why it failed alone; null when it did not.</summary>
    public Exception? Refusal { get; set; }

    /// <summary>Runs its statements, inside the commit's transaction. Called at most once.</summary>
    /// <param name="session">The writer's session.</param>
    public abstract void Execute(SqliteSession session);

    /// <summary>Answers those who wait: what it wrote is durable.</summary>
    public abstract void Complete();

    /// <summary>The commit failed; called before the database is opened again and before <see cref="Fail"/>.</summary>
    public virtual void Abandon()
    {
    }

    /// <summary>Answers those who wait: it failed.</summary>
    /// <param name="exception">Why, and by its type what that means.</param>
    public abstract void Fail(Exception exception);
}

/// <summary>A write with a result.</summary>
/// <typeparam name="T">The result's type.</typeparam>
/// <param name="work">The statements.</param>
/// <param name="bytes">How many bytes it writes, about.</param>
internal sealed class WriteOperation<T>(Func<SqliteSession, T> work, int bytes) : WriteOperation
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;

    /// <inheritdoc />
    public override int Bytes => bytes;

    /// <summary>Completes with the result when it is durable.</summary>
    public Task<T> Completion => _completion.Task;

    /// <inheritdoc />
    public override void Execute(SqliteSession session) => _result = work(session);

    /// <inheritdoc />
    public override void Complete() => _completion.SetResult(_result);

    /// <inheritdoc />
    public override void Fail(Exception exception) => _completion.SetException(exception);
}
