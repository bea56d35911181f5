using System.Text;
using Tally.Emulator.Conformance.Cases;
using Tally.Emulator.Conformance.Clients;
using Tally.Emulator.Conformance.Stage;

namespace Tally.Emulator.Conformance;

/// <summary>
/// Every case with every client. A client that isn't on the machine skips its test, by name. What a client can't
/// express follows from its own model by the rule of <see cref="Expressible"/>: it must not refuse more, nor less.
/// </summary>
public sealed class ConformanceTests(Stages stages) : IClassFixture<Stages>
{
    [Fact]
    public Task PlainHttp_EveryCase_GivesWhatIsExpected() => RunAsync<RawClient>();

    [Fact]
    public Task DotNetClient_EveryCase_GivesWhatIsExpected() => RunAsync<DotNetClient>();

    [Fact]
    public Task Boto3_EveryCase_GivesWhatIsExpected() => RunAsync<Boto3Client>();

    [Fact]
    public Task AwsCli_EveryCase_GivesWhatIsExpected() => RunAsync<AwsCliClient>();

    [Fact]
    public Task JavaScriptSdk_EveryCase_GivesWhatIsExpected() => RunAsync<NodeClient>();

    private async Task RunAsync<T>()
        where T : IClient
    {
        IClient client = AllClients.List.OfType<T>().Single();
        if (await client.MissingAsync() is { } missing) Assert.Skip($"{missing} is not on this machine.");
        var model = await client.DescribeAsync();
        var outcomes = await client.RunAsync(await stages.JobsAsync(client, AllCases.List));
        var problems = new StringBuilder();
        foreach (var (item, got) in AllCases.List.Zip(outcomes))
        {
            var reason = Expressible.WhyNot(item, model);
            if (reason is not null)
                TestContext.Current.TestOutputHelper?.WriteLine($"{item.Id} cannot be expressed: {reason}");
            if (ProblemOf(item, got, reason) is { } problem) _ = problems.AppendLine(null, $"{item.Id}, {problem}");
        }

        Assert.True(problems.Length == 0, problems.ToString());
    }

    private static string? ProblemOf(Case item, IReadOnlyList<Outcome> got, string? reason)
    {
        if (reason is not null)
        {
            var isUnseen = item.Steps.Any(step => step.Expected.Shows.Count > 0);
            return isUnseen || got.Any(outcome => outcome.Cannot is not null)
                ? null
                : $"it was sent, though {reason}";
        }

        for (var index = 0; index < item.Steps.Count; index++)
        {
            var problem = got[index].Cannot is { } cannot
                ? $"it can't be expressed, though nothing in the client's model says so: {cannot}"
                : item.Steps[index].Expected.ProblemOf(got[index], [.. got.Take(index)]);
            if (problem is not null) return $"call {index + 1}: {problem}";
        }

        return null;
    }
}
