using System.Text.Json.Nodes;
using Tally.Emulator.Conformance.Cases;
using Tally.Emulator.Conformance.Clients;

namespace Tally.Emulator.Conformance.Stage;

/// <summary>An emulator for the cases of one world; each case finds in its account what it names.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromHours(4);
    private readonly MarketplaceEmulator _emulator;
    private readonly Dictionary<string, Dictionary<string, string>> _tokens = new(StringComparer.Ordinal);

    private Stage(MarketplaceEmulator emulator) => _emulator = emulator;

    public Uri Endpoint => _emulator.Endpoint;

    /// <summary>Starts it with the accounts and what their cases need.</summary>
    public static async Task<Stage> StartAsync(World world, IReadOnlyList<(string Account, Case Case)> cast)
    {
        var emulator = await MarketplaceEmulator.StartAsync(new EmulatorOptions
        {
            Rules = AcceptanceRules.Find(world.Rules)!,
            RequireSignature = world.RequiresSignature,
            AccessKeys =
            [
                .. cast.Select(member => new AccessKey
                {
                    AccessKeyId = member.Account,
                    SecretAccessKey = "secret",
                    AccountId = member.Account,
                }),
            ],
        });
        var stage = new Stage(emulator);
        using var admin = new Props(emulator.Endpoint);
        if (world.OpenPoints is { } points) await admin.PutAsync("open-points", points);
        await admin.PutAsync("clock", $$"""{"now":"{{world.Now - TokenLifetime:O}}"}""");
        await stage.PrepareAsync(admin, cast.Where(member => Props.IsOld(member.Case)));
        await admin.PutAsync("clock", $$"""{"now":"{{world.Now:O}}"}""");
        await stage.PrepareAsync(admin, cast.Where(member => !Props.IsOld(member.Case)));
        if (world.Faults is { } faults) await admin.PutAsync("faults", faults);
        return stage;
    }

    /// <summary>The case as it is run in that account.</summary>
    public Job JobOf(Case item, string account)
    {
        var calls = item.Steps.Select(
            step => new JobCall(step.Operation, Filled(step.Parameters, _tokens[account]), step.Headers));
        return new Job(Endpoint, item.AccessKey ?? account, item.Secret, item.Region, [.. calls]);
    }

    public ValueTask DisposeAsync() => _emulator.DisposeAsync();

    private async Task PrepareAsync(Props admin, IEnumerable<(string Account, Case Case)> cast)
    {
        foreach (var (account, item) in cast)
            _tokens[account] = await admin.PrepareAsync(account, item);
    }

    private static JsonObject Filled(JsonObject parameters, Dictionary<string, string> placeholders)
    {
        var filled = parameters.DeepClone().AsObject();
        foreach (var (name, value) in parameters)
        {
            if (value is JsonValue text && text.TryGetValue<string>(out var placeholder)
                && placeholders.TryGetValue(placeholder, out var known))
            {
                filled[name] = known;
            }
        }

        return filled;
    }
}
