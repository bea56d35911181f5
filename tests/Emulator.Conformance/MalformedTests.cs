using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CsCheck;
using Tally.Emulator.Conformance.Cases;
using Tally.Emulator.Conformance.Clients;

namespace Tally.Emulator.Conformance;

/// <summary>
/// Valid requests of every operation, mutated at random, thousands of them over HTTP: each gets a success or an error
/// that AWS has, never a 500 and never silence, and the emulator goes on working.
/// </summary>
public sealed class MalformedTests
{
    private const int Requests = 4000;
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(30);
    private static readonly string[] Framework =
    [
        "ValidationException", "SerializationException", "UnknownOperationException", "DryRunOperation",
        "UnauthorizedException",
    ];

    private static readonly HashSet<string> Known = ModelErrors.All.Select(error => error.Split(' ')[1])
        .Concat(Framework).Except(["InternalServiceErrorException"]).ToHashSet(StringComparer.Ordinal);

    private static readonly string[] Oddities =
    [
        "null", "true", "-1", "1e999", "99999999999999999999", "0.5", "\"\"", "[]", "{}", "[[[[]]]]", "\"\\ud800\"",
        "NaN", "'x'", "\"\\u0000\"", "{\"a\":{\"a\":{\"a\":{}}}}", "1e-400", "-0", "\"2026-11-23T10:30:00Z\"",
    ];

    [Fact]
    public async Task AnyMutation_OfAnyRequest_IsAnsweredAsAwsAnswers()
    {
        const string account = "100000000001";
        var valid = AllCases.List.Where(item => item.Steps is [{ Expected.ErrorCode: null }])
            .Select(item => item.Steps[0]).ToArray();
        using var http = new HttpClient { Timeout = AnswerMax };
        var everything = new Case("everything", string.Empty, string.Empty, valid);
        await using var stage = await Stage.Stage.StartAsync(World.Today, [(account, everything)]);
        var job = new Job(stage.Endpoint, account, "secret", "us-east-1", []);
        await Mutations(valid).SampleAsync(
            async mutation => await IsAnsweredAsync(http, job, mutation), iter: Requests, threads: 4);

        var right = Say.Batch(Say.Works(), Say.Record()).Parameters.ToJsonString();
        using var request = RawClient.RequestOf(job, "BatchMeterUsage", Encoding.UTF8.GetBytes(right));
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static Gen<Mutation> Mutations(Step[] valid) =>
        from step in Gen.OneOf(valid)
        from place in Gen.Int[0, 1_000_000]
        from oddity in Gen.OneOf(Oddities)
        from kind in Gen.Int[0, 8]
        from letter in Gen.Byte
        select Mutated(step, kind, place, (oddity, letter));

    private static Mutation Mutated(Step step, int kind, int place, (string Oddity, byte Letter) by)
    {
        var text = step.Parameters.ToJsonString();
        var bytes = Encoding.UTF8.GetBytes(text);
        var index = place % bytes.Length;
        var plain = new Mutation(step.Operation, bytes);
        switch (kind)
        {
            case 0:
                bytes[index] = by.Letter;
                return plain;
            case 1:
                return plain with { Body = bytes[..index] };
            case 2:
                return plain with { Body = [.. bytes[..index], by.Letter, .. bytes[index..]] };
            case 3:
                return plain with { Body = Encoding.UTF8.GetBytes(Retyped(text, place, by.Oddity)) };
            case 4:
                return plain with { Body = Encoding.UTF8.GetBytes(by.Oddity) };
            case 5:
                return plain with { Operation = step.Operation[..(index % step.Operation.Length)] };
            case 6:
                return plain with { ContentType = by.Letter % 2 == 0 ? "text/plain" : "application/x-amz-json-1.0" };
            case 7:
                return plain with { IsChunked = true, Body = [.. bytes, .. bytes[..(index % 7)]] };
            default:
                // A member twice: the last one counts, or it is refused, but nothing breaks.
                return plain with { Body = Encoding.UTF8.GetBytes(text.Insert(1, $"\"ProductCode\":{by.Oddity},")) };
        }
    }

    /// <summary>Another value behind one of the colons.</summary>
    private static string Retyped(string text, int place, string oddity)
    {
        var colons = Enumerable.Range(0, text.Length).Where(index => text[index] == ':').ToList();
        if (colons.Count == 0) return oddity;
        var start = colons[place % colons.Count] + 1;
        var end = text.AsSpan(start).IndexOfAny(",}]");
        return text[..start] + oddity + text[(start + Math.Max(end, 0))..];
    }

    private static async Task<bool> IsAnsweredAsync(HttpClient http, Job job, Mutation mutation)
    {
        using var request = RawClient.RequestOf(job, string.Empty, mutation.Body);
        _ = request.Headers.Remove("X-Amz-Target");
        _ = request.Headers.TryAddWithoutValidation("X-Amz-Target", $"AWSMPMeteringService.{mutation.Operation}");
        request.Content!.Headers.ContentType = MediaTypeHeaderValue.Parse(mutation.ContentType);
        request.Headers.TransferEncodingChunked = mutation.IsChunked;
        using var response = await http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        if (response.StatusCode == HttpStatusCode.OK) return true;
        var error = JsonSerializer.Deserialize<JsonElement>(body).GetProperty("__type").GetString()!;
        return response.StatusCode == HttpStatusCode.BadRequest && Known.Contains(error)
            ? true
            : throw new InvalidOperationException($"{(int)response.StatusCode} {body} for {mutation}");
    }

    private sealed record Mutation(string Operation, byte[] Body)
    {
        public string ContentType { get; init; } = "application/x-amz-json-1.1";

        public bool IsChunked { get; init; }

        public override string ToString() =>
            $"{Operation}, {ContentType}, {(IsChunked ? "chunked, " : "")}{Encoding.UTF8.GetString(Body)}";
    }
}
