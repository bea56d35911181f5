using System.Data.Common;
using Microsoft.Extensions.Logging;
using Orleans.Storage;
using Tally.Contracts.Customers;

namespace Tally.Silo.Postgres;

/// <summary>
/// Makes the AdoNet storage fit for ours. It reads keys that look like numbers or GUIDs as such, so that the tenants
/// <c>1</c> and <c>01</c>, or <c>cafe</c> and <c>0cafe</c>, would share a state: a sign in front makes each key a text.
/// And what it throws no other process could read: the database's own error stays here.
/// </summary>
/// <remarks>
/// It talks to PostgreSQL on threads of the thread pool that wait for the answer. Thousands of actors that start at
/// once would leave no thread to hand an answer over to, so most of them wait here, without a thread.
/// </remarks>
/// <param name="inner">The AdoNet storage.</param>
/// <param name="turns">As many as there may be reads and writes at once.</param>
/// <param name="logger">Where the database's own error is told.</param>
internal sealed partial class TextKeyStorage(
    IGrainStorage inner, StateTurns turns, ILogger<TextKeyStorage> logger) : IGrainStorage
{
    private const string Sign = "=";

    /// <inheritdoc />
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Try(() => inner.ReadStateAsync(NameOf(stateName, grainId), Text(grainId), grainState), grainId);

    /// <inheritdoc />
    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Try(() => inner.WriteStateAsync(NameOf(stateName, grainId), Text(grainId), grainState), grainId);

    /// <inheritdoc />
    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Try(() => inner.ClearStateAsync(NameOf(stateName, grainId), Text(grainId), grainState), grainId);

    // The AdoNet storage tells states apart by their name and the key, and forgets the actor's type.
    private static string NameOf(string stateName, GrainId grainId) => $"{grainId.Type}/{stateName}";

    private static GrainId Text(GrainId grainId) => GrainId.Create(grainId.Type, Sign + grainId.Key);

    private async Task Try(Func<Task> work, GrainId grainId)
    {
        // Back on the actor's own scheduler afterwards: its state is read there.
        using var turn = await turns.Take();
        try
        {
            await work();
        }
        catch (Exception exception) when (exception is DbException or TimeoutException or IOException)
        {
            throw Unavailable(exception, grainId);
        }
    }

    private UsageStoreUnavailableException Unavailable(Exception exception, GrainId grainId)
    {
        Log.Failed(logger, exception, grainId);
        return new("The states of actors can't be read or written at present.");
    }

    private static partial class Log
    {
        [LoggerMessage(4001, LogLevel.Error, "The state of {Actor} could not be read or written.")]
        public static partial void Failed(ILogger logger, Exception exception, GrainId actor);
    }
}
