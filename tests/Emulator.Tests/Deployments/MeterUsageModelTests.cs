using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Tally.Emulator.Catalogue;
using Tally.Emulator.Deployments;
using Tally.Emulator.Faults;
using Tally.Emulator.Rules;
using Tally.Emulator.Signatures;
using Tally.Emulator.State;
using Tally.Emulator.Wire;

namespace Tally.Emulator.Tests.Deployments;

/// <summary>
/// Any sequence of calls against the plainest model there is: a token stands for one request, an hour of a resource
/// for one quantity. Some calls end as if the process had died after the record was stored and before the token was.
/// </summary>
public sealed class MeterUsageModelTests
{
    private const string Seller = "999988887777";
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 10, 30, 0, TimeSpan.Zero);
    private static readonly Caller Buyer = new("111122223333", "eu-west-1", "AKIA");

    private static readonly Gen<Step> Steps =
        from token in Gen.OneOf("t1", "t2", "t3", "")
        from resource in Gen.OneOf("i-1", "i-2")
        from dimension in Gen.OneOf("a", "b")
        from secondsAgo in Gen.OneOf(Gen.Const(0), Gen.Const(1), Gen.Const(3600))
        from quantity in Gen.Int[0, 1]
        from dies in Gen.Frequency((4, Gen.Const(false)), (1, Gen.Const(true)))
        select new Step(token, resource, dimension, Now.ToUnixTimeSeconds() - secondsAgo, quantity, dies);

    [Theory]
    [InlineData(MeterUsageMode.Hourly, true)]
    [InlineData(MeterUsageMode.Hourly, false)]
    [InlineData(MeterUsageMode.AgentCore, true)]
    public Task MeterUsage_AnySequence_AgreesWithTheModel(MeterUsageMode mode, bool tokenConflictComesFirst) =>
        Steps.Array[1, 30].SampleAsync(async steps =>
        {
            await using var state = new MemoryState();
            using var catalogue = new SellerCatalogue(state);
            using var tokens = new ClientTokens(state);
            await catalogue.DeclareAsync(
                Seller,
                "p",
                new ProductDeclaration { Dimensions = ["a", "b"], OpenToAll = true, MeterUsage = mode });
            var book = new RuleBook(new EmulatorOptions())
            {
                OpenPoints = new OpenPoints { TokenConflictComesFirst = tokenConflictComesFirst },
            };
            var clock = new FakeTimeProvider(Now);
            var meter = new DeploymentMeter(state, catalogue, tokens, book, clock);
            var operation = new MeterUsage(catalogue, meter, book, clock);
            var model = new Model(mode, tokenConflictComesFirst);
            foreach (var step in steps)
            {
                var known = state.Documents.Find("client-token", step.TokenKey);
                var answer = await CallAsync(operation, step);
                model.Check(step, answer);
                if (!step.Dies || known is not null || answer.Error is not null) continue;
                await state.SaveAsync([new DocumentChange("client-token", step.TokenKey, null)]);
                model.Check(step, await CallAsync(operation, step));
            }

            Assert.Equal(model.Total, await TotalAsync(state));
        });

    private static async Task<(string? Error, string? Id)> CallAsync(MeterUsage operation, Step step)
    {
        var body = new JsonObject
        {
            ["ProductCode"] = "p",
            ["Timestamp"] = step.Timestamp,
            ["UsageDimension"] = step.Dimension,
            ["UsageQuantity"] = step.Quantity,
        };
        if (step.Token.Length > 0) body["ClientToken"] = step.Token;
        var headers = new HeaderDictionary { ["X-Emulator-Resource"] = step.Resource };
        var json = JsonSerializer.SerializeToElement(body);
        var answer = await operation.CarryOutAsync(new MeteringCall(Buyer, json, headers, new CallFaults()));
        if (answer.Error is { } error) return (error.Code, null);
        using var written = new MemoryStream();
        await using (var writer = new Utf8JsonWriter(written))
            answer.Write(writer);
        return (null, JsonNode.Parse(written.ToArray())!["MeteringRecordId"]!.GetValue<string>());
    }

    private static async Task<int> TotalAsync(MemoryState state)
    {
        var total = 0;
        await foreach (var (_, record) in state.ListAsync(new RecordFilter(), CancellationToken.None))
            total += record.Quantity + 1;
        return total;
    }

    private sealed record Step(
        string Token, string Resource, string Dimension, long Timestamp, int Quantity, bool Dies)
    {
        public string TokenKey => $"{Seller}|{Buyer.Region}|{Buyer.AccountId}|{Token}";

        public string Request => $"{Dimension} {Timestamp} {Quantity}";

        public string Hour => $"{Resource} {Dimension} {Timestamp / 3600}";
    }

    private sealed class Model(MeterUsageMode mode, bool tokenConflictComesFirst)
    {
        private readonly Dictionary<string, (string Request, string Id)> _byToken = new(StringComparer.Ordinal);
        private readonly Dictionary<string, (int Quantity, string Id)> _byHour = new(StringComparer.Ordinal);

        /// <summary>Of every record its quantity and one, so that records of nothing show too.</summary>
        public int Total { get; private set; }

        public void Check(Step step, (string? Error, string? Id) answer)
        {
            if (ErrorOf(step) is { } error)
            {
                Assert.Equal((error, null), answer);
                return;
            }

            Assert.Null(answer.Error);
            if (KnownIdOf(step) is { } known) Assert.Equal(known, answer.Id);
            else Add(step, answer.Id!);
            if (step.Token.Length > 0) _byToken[step.Token] = (step.Request, answer.Id!);
        }

        private string? ErrorOf(Step step)
        {
            var isHourly = mode is MeterUsageMode.Hourly;
            if (!isHourly && step.Token.Length == 0) return "ValidationException";
            var isKnown = _byToken.TryGetValue(step.Token, out var used);
            if (isKnown && string.Equals(used.Request, step.Request, StringComparison.Ordinal)) return null;
            var isTaken = isHourly && _byHour.TryGetValue(step.Hour, out var taken) && taken.Quantity != step.Quantity;
            if (isKnown && (tokenConflictComesFirst || !isTaken)) return "IdempotencyConflictException";
            return isTaken ? "DuplicateRequestException" : null;
        }

        private string? KnownIdOf(Step step) => _byToken.TryGetValue(step.Token, out var used)
            ? used.Id
            : mode is MeterUsageMode.Hourly && _byHour.TryGetValue(step.Hour, out var taken)
                ? taken.Id
                : null;

        private void Add(Step step, string id)
        {
            Assert.DoesNotContain(id, _byToken.Values.Select(used => used.Id));
            Assert.DoesNotContain(id, _byHour.Values.Select(taken => taken.Id));
            if (mode is MeterUsageMode.Hourly) _byHour.Add(step.Hour, (step.Quantity, id));
            Total += step.Quantity + 1;
        }
    }
}
