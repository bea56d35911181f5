using System.Net.Http.Json;
using System.Text.Json;
using Tally.Bench.Emulation;
using Tally.Bench.Reports;

namespace Tally.Bench.Draining;

/// <summary>
/// Measures how much of AWS's quota three products use that drain at once, how often they are throttled, and whether
/// what expires first goes first.
/// </summary>
internal static class QuotaBenchmark
{
    private const int CustomersPerHour = 1_112;
    private const int Hours = 3;
    private const double CallsPerSecond = 10;
    private static readonly string[] Products = ["alpha", "beta", "gamma"];
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(15);

    /// <summary>Runs it and prints what was found.</summary>
    public static async Task Run(string folder, TimeProvider time)
    {
        await using var aws = await EmulatorProcess.Start(Path.Combine(folder, "aws"), time, period: Period);
        await using var tally = await DrainingTally.Start(
            Path.Combine(folder, "tally"), (aws.Endpoint, Period), time);
        var dimensions = string.Join(',', DrainingTally.Dimensions.Select(name => $"\"{name}\""));
        foreach (var product in Products)
        {
            await aws.Put($"products/{product}", $$"""{"dimensions":[{{dimensions}}],"openToAll":true}""");
            await tally.PutProduct(product);
        }

        await aws.Put("faults", """{"quotas":"aws"}""");
        for (var hour = 0; hour < Hours; hour++)
        {
            _ = await DrainBenchmark.NextHour(Period, time);
            await Task.WhenAll(Products.Select(product => tally.Post(product, CustomersPerHour)));
        }

        var calls = await Watch(aws, tally, time);
        Report(calls);
        foreach (var product in Products)
        {
            Lines.Print($"{product}: difference {await tally.Difference(product)}");
        }
    }

    /// <summary>Collects the calls until everything is delivered; the emulator remembers the last thousand.</summary>
    private static async Task<List<Call>> Watch(EmulatorProcess aws, DrainingTally tally, TimeProvider time)
    {
        const int records = CustomersPerHour * Hours * 3;
        var calls = new Dictionary<string, Call>(StringComparer.Ordinal);
        while (true)
        {
            var isDone = (await Task.WhenAll(Products.Select(tally.Delivered))).All(count => count >= records);
            foreach (var call in await aws.Client.GetFromJsonAsync<JsonElement[]>("/_emulator/calls") ?? [])
            {
                var read = Call.Read(call);
                calls[read.Id] = read;
            }

            if (isDone)
            {
                return [.. calls.Values.OrderBy(call => call.Time)];
            }

            await Task.Delay(Poll, time);
        }
    }

    private static void Report(List<Call> calls)
    {
        var taken = calls.Where(call => !call.IsThrottled).ToList();
        var seconds = (taken[^1].Time - taken[0].Time).TotalSeconds;
        var late = 0;
        foreach (var product in taken.GroupBy(call => call.Product))
        {
            var latest = DateTimeOffset.MinValue;
            foreach (var call in product)
            {
                late += call.Timestamp < latest ? 1 : 0;
                latest = call.Timestamp > latest ? call.Timestamp : latest;
            }
        }

        Lines.Print($"{taken.Count:N0} calls taken in {seconds:N1} s");
        for (var minute = 0; minute * 30 < seconds; minute++)
        {
            var (from, to) = (taken[0].Time.AddSeconds(minute * 30), taken[0].Time.AddSeconds((minute + 1) * 30));
            var some = calls.Where(call => call.Time >= from && call.Time < to).ToList();
            Lines.Print($"  from {minute * 30} s: {some.Count(call => !call.IsThrottled)} taken, ",
                $"{some.Count(call => call.IsThrottled)} throttled");
        }

        var throttled = (calls.Count - taken.Count) / (double)calls.Count;
        Lines.Print($"use of the quota {taken.Count / (seconds * CallsPerSecond):P1}, ",
            $"throttled {throttled:P1}, calls out of the order of deadlines {late}");
    }

    private sealed record Call(
        string Id, DateTimeOffset Time, bool IsThrottled, string Product, DateTimeOffset Timestamp)
    {
        /// <summary>Reads a call; of its body only the beginning is there.</summary>
        public static Call Read(JsonElement call)
        {
            var isThrottled = call.TryGetProperty("error", out var error) && error.ValueKind is JsonValueKind.String;
            var body = call.TryGetProperty("request", out var request) ? request.GetString() ?? "" : "";
            var timestamp = Between(body, "\"Timestamp\":", ",}");
            return new(
                call.GetProperty("requestId").GetString()!,
                call.GetProperty("time").GetDateTimeOffset(),
                isThrottled,
                Between(body, "\"ProductCode\":\"", "\""),
                timestamp.Length == 0
                    ? DateTimeOffset.MinValue
                    : DateTimeOffset.FromUnixTimeSeconds((long)double.Parse(
                        timestamp, System.Globalization.CultureInfo.InvariantCulture)));
        }

        private static string Between(string text, string before, string after)
        {
            var start = text.IndexOf(before, StringComparison.Ordinal);
            if (start < 0)
            {
                return "";
            }

            start += before.Length;
            var end = text.AsSpan(start).IndexOfAny(after);
            return end < 0 ? "" : text.Substring(start, end);
        }
    }
}
