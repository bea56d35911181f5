using Tally.Emulator.Conformance.Cases;

namespace Tally.Emulator.Conformance.Clients;

/// <summary>A client of the service that runs cases.</summary>
internal interface IClient
{
    string Name { get; }

    /// <summary>Its name in a column of a table.</summary>
    string ShortName { get; }

    /// <summary>Why it can't be run here, naming what is missing; null: it can.</summary>
    Task<string?> MissingAsync();

    /// <summary>What it can say.</summary>
    Task<ClientModel> DescribeAsync();

    /// <summary>Runs the jobs; an outcome for each of their calls.</summary>
    Task<IReadOnlyList<IReadOnlyList<Outcome>>> RunAsync(IReadOnlyList<Job> jobs);
}
