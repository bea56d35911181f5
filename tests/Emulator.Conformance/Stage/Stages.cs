using Tally.Emulator.Conformance.Cases;
using Tally.Emulator.Conformance.Clients;

namespace Tally.Emulator.Conformance.Stage;

/// <summary>One emulator for each world, with an account for each client and case.</summary>
public sealed class Stages : IAsyncDisposable
{
    private readonly Dictionary<World, Task<Stage>> _stages = [];

    /// <summary>What the client has to send to run these cases, in their order.</summary>
    internal async Task<IReadOnlyList<Job>> JobsAsync(IClient client, IReadOnlyList<Case> cases)
    {
        var jobs = new List<Job>(cases.Count);
        foreach (var item in cases)
        {
            var stage = await OfAsync(item.World);
            jobs.Add(stage.JobOf(item, AllCases.AccountOf(AllClients.NumberOf(client), item)));
        }

        return jobs;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var stage in _stages.Values)
            await (await stage).DisposeAsync();
    }

    private Task<Stage> OfAsync(World world)
    {
        if (!_stages.TryGetValue(world, out var stage))
        {
            var cast = AllCases.List.Where(item => item.World == world).SelectMany(item =>
                AllClients.List.Select(client => (AllCases.AccountOf(AllClients.NumberOf(client), item), item)));
            _stages[world] = stage = Stage.StartAsync(world, [.. cast]);
        }

        return stage;
    }
}
