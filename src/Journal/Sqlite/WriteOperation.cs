using Microsoft.Data.Sqlite;

namespace Tally.Journal.Sqlite;

/// <summary>A write that shares a commit with others.</summary>
internal abstract class WriteOperation
{
    /// <summary>Runs its statements, inside the commit's transaction. Called again when the commit is tried again.</summary>
    /// <param name="connection">The writer's connection.</param>
    public abstract void Run(SqliteConnection connection);

    /// <summary>Answers the caller: what it did is durable.</summary>
    public abstract void Complete();

    /// <summary>Answers the caller: whether it is durable is not known.</summary>
    /// <param name="exception">Why.</param>
    public abstract void Fail(JournalException exception);
}

/// <summary>A write with a result.</summary>
/// <typeparam name="T">The result's type.</typeparam>
/// <param name="work">The statements; an exception fails this write alone and must leave nothing behind.</param>
internal sealed class WriteOperation<T>(Func<SqliteConnection, T> work) : WriteOperation
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;
    private Exception? _refusal;

    /// <summary>Completes with the result when it is durable.</summary>
    public Task<T> Completion => _completion.Task;

    /// <inheritdoc />
    public override void Run(SqliteConnection connection)
    {
        try
        {
            _result = work(connection);
        }
        catch (SqliteException)
        {
            // The store itself fails: the commit must not go on.
            throw;
        }
        catch (Exception exception)
        {
            _refusal = exception;
        }
    }

    /// <inheritdoc />
    public override void Complete()
    {
        if (_refusal is null)
        {
            _completion.SetResult(_result);
        }
        else
        {
            _completion.SetException(_refusal);
        }
    }

    /// <inheritdoc />
    public override void Fail(JournalException exception) => _completion.SetException(exception);
}
