using System.Text;
using System.Text.Json.Nodes;
using Tally.Emulator.Conformance.Cases;
using Tally.Emulator.Conformance.Clients;

namespace Tally.Emulator.Conformance;

/// <summary>Every case with every client. A client that isn't on the machine skips its test, by name.</summary>
public sealed class ConformanceTests
{
    /// <summary>What an older client, or one that checks by itself, can't send; the others have to.</summary>
    private const double ExpressibleMin = 0.6;

    [Fact]
    public Task PlainHttp_EveryCase_GivesWhatIsExpected() => RunAsync(new RawClient(), 1);

    [Fact]
    public Task DotNetClient_EveryCase_GivesWhatIsExpected() => RunAsync(new DotNetClient(), 2);

    [Fact]
    public Task Boto3_EveryCase_GivesWhatIsExpected() => RunAsync(new Boto3Client(), 3);

    [Fact]
    public Task AwsCli_EveryCase_GivesWhatIsExpected() => RunAsync(new AwsCliClient(), 4);

    [Fact]
    public Task JavaScriptSdk_EveryCase_GivesWhatIsExpected() => RunAsync(new NodeClient(), 5);

    [Fact]
    public void Cases_HaveNamesOfTheirOwnAndEveryErrorOfTheModel()
    {
        Assert.Equal(AllCases.List.Count, AllCases.List.DistinctBy(item => item.Id).Count());
        var provoked = AllCases.List.SelectMany(item => item.Steps)
            .Select(step => $"{step.Operation} {step.Expected.ErrorCode}").ToHashSet(StringComparer.Ordinal);
        Assert.Equal([], ModelErrors.All.Except(provoked, StringComparer.Ordinal));
    }

    private static async Task RunAsync(IClient client, int number)
    {
        if (await client.MissingAsync() is { } missing) Assert.Skip($"{missing} is not on this machine.");
        var problems = new StringBuilder();
        var cannot = new List<string>();
        foreach (var world in AllCases.List.Index().GroupBy(item => item.Item.World))
        {
            var cases = world.Select(item => (item.Item, Account: AllCases.AccountOf(number, item.Index))).ToList();
            await using var stage = await Stage.Stage.StartAsync(world.Key, cases.Select(item => item.Account));
            var jobs = new List<Job>();
            foreach (var (item, account) in cases)
                jobs.Add(JobOf(item, account, stage.Endpoint, await stage.PrepareAsync(account, world.Key)));
            var outcomes = await client.RunAsync(jobs);
            foreach (var ((item, _), got) in cases.Zip(outcomes))
                Compare(item, got, problems, cannot);
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', cannot));
        Assert.True(problems.Length == 0, problems.ToString());
        Assert.True(
            cannot.Count <= AllCases.List.Count * (1 - ExpressibleMin),
            $"{client.Name} could not send {cannot.Count} of {AllCases.List.Count} cases.");
    }

    private static void Compare(Case item, IReadOnlyList<Outcome> got, StringBuilder problems, List<string> cannot)
    {
        for (var index = 0; index < item.Steps.Count; index++)
        {
            if (got[index].Cannot is { } reason)
            {
                cannot.Add($"{item.Id}: cannot express it: {reason}");
                return;
            }

            if (item.Steps[index].Expected.ProblemOf(got[index], [.. got.Take(index)]) is { } problem)
                _ = problems.AppendLine(null, $"{item.Id}, call {index + 1}: {problem}");
        }
    }

    private static Job JobOf(Case item, string account, Uri endpoint, IReadOnlyDictionary<string, string> placeholders)
    {
        var calls = item.Steps.Select(step => new JobCall(
            step.Operation, Filled(step.Parameters, placeholders), step.Expected.Shows));
        return new Job(endpoint, item.AccessKey ?? account, item.Secret, item.Region, [.. calls]);
    }

    private static JsonObject Filled(JsonObject parameters, IReadOnlyDictionary<string, string> placeholders)
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
