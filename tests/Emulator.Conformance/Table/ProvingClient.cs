using Tally.Emulator.Conformance.Cases;
using Tally.Emulator.Conformance.Clients;

namespace Tally.Emulator.Conformance.Table;

/// <summary>A client, and the cases that it proves when its test is green.</summary>
/// <param name="ShortName">Its name in a cell.</param>
/// <param name="Title">Name and version.</param>
/// <param name="Proved">The ids of its cases.</param>
internal sealed record ProvingClient(string ShortName, string Title, IReadOnlyCollection<string> Proved)
{
    /// <summary>Whether it is on this machine.</summary>
    public bool IsHere { get; init; }

    /// <summary>Every client; one that is missing has proved nothing.</summary>
    public static async Task<IReadOnlyList<ProvingClient>> ListAsync()
    {
        var clients = new List<ProvingClient>();
        foreach (var client in AllClients.List)
        {
            if (await client.MissingAsync() is not null)
            {
                clients.Add(new ProvingClient(client.ShortName, client.ShortName, []));
                continue;
            }

            var model = await client.DescribeAsync();
            var title = model.Version is null ? client.ShortName : $"{client.ShortName} {model.Version}";
            var proved = AllCases.List.Where(item => Expressible.WhyNot(item, model) is null)
                .Select(item => item.Id);
            var wired = WireCases.List.Where(_ => client is RawClient).Select(item => item.Id);
            clients.Add(new ProvingClient(client.ShortName, title, [.. proved, .. wired]) { IsHere = true });
        }

        return clients;
    }

    /// <summary>Itself; or as a table has it when this machine lacks the client, or its version.</summary>
    public ProvingClient OrAsStated(IReadOnlyList<ProvingClient> table)
    {
        var stated = table.FirstOrDefault(
            other => string.Equals(other.ShortName, ShortName, StringComparison.Ordinal));
        return stated is null || (IsHere && string.Equals(stated.Title, Title, StringComparison.Ordinal))
            ? this
            : stated;
    }
}
