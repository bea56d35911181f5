namespace Tally.Journal.Sqlite;

/// <summary>A read that waits for one of the reading threads.</summary>
internal abstract class ReadOperation
{
    /// <summary>Runs its statements and answers.</summary>
    /// <param name="session">The reader's session.</param>
    public abstract void Execute(SqliteSession session);

    /// <summary>Answers that it failed.</summary>
    /// <param name="exception">Why.</param>
    public abstract void Fail(Exception exception);
}

/// <summary>A read with its result.</summary>
/// <typeparam name="T">The result's type.</typeparam>
/// <param name="work">The statements.</param>
internal sealed class ReadOperation<T>(Func<SqliteSession, T> work) : ReadOperation
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes with the result.</summary>
    public Task<T> Completion => _completion.Task;

    /// <inheritdoc />
    public override void Execute(SqliteSession session) => _completion.SetResult(work(session));

    /// <inheritdoc />
    public override void Fail(Exception exception) => _completion.SetException(exception);
}
