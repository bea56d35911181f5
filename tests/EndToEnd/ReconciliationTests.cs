using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Tally.EndToEnd.Hosting;

namespace Tally.EndToEnd;

/// <summary>The ledger of the real program against the real emulator's own export.</summary>
public sealed class ReconciliationTests
{
    private const string Period = "00:00:05";

    [Fact]
    public async Task Reconcile_WithTheEmulatorsExport_NamesExactlyWhatWasChanged()
    {
        await using var tally = new TallyProcess("--serve", "--period", Period, "--seal-delay", "00:00:01");
        await tally.Start();
        await tally.Client.PutProduct("p", "calls");
        var faults = new JsonObject { ["loseAnswerRate"] = 0.4, ["unprocessedRate"] = 0.2, ["seed"] = 3 };
        using var set = await tally.Emulator.PutAsJsonAsync("_emulator/faults", faults);
        Assert.True(set.IsSuccessStatusCode);
        await tally.Client.Send(
            [.. Enumerable.Range(0, 60).Select(id => new Usage($"{id}", "p", $"c-{id}", "calls", id + 1))]);
        await tally.Client.WaitUntilDelivered("p");

        var export = (await tally.Emulator.GetFromJsonAsync<JsonObject>("_emulator/export"))!;
        await Poll.Until(async () => (bool)(await Reconcile(tally, export))["agrees"]!);
        var whole = await Reconcile(tally, export);
        Assert.Equal(60, (long)whole["summary"]!["equal"]!);
        Assert.Equal(1_830, (long)whole["summary"]!["there"]!["quantity"]!);
        Assert.Empty(whole["summary"]!["undelivered"]!.AsObject());

        var records = export["records"]!.AsArray();
        var (dropped, changed) = (records[3]!["record"]!.AsObject(), records[7]!["record"]!.AsObject());
        records.RemoveAt(3);
        changed["quantity"] = (int)changed["quantity"]! + 1;
        var differences = (await Reconcile(tally, export))["differences"]!.AsArray();

        Assert.Equal(
            new[]
            {
                $"missing_in_evidence {(string)dropped["customerIdentifier"]!}",
                $"other_quantity {(string)changed["customerIdentifier"]!}",
            }.Order(StringComparer.Ordinal),
            differences.Select(one => $"{(string)one!["kind"]!} {(string)one["customerIdentifier"]!}")
                .Order(StringComparer.Ordinal));
    }

    private static async Task<JsonObject> Reconcile(TallyProcess tally, JsonObject export)
    {
        var now = TimeProvider.System.GetUtcNow();
        var hour = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerHour));
        var (from, to) = (Text(hour.AddHours(-1)), Text(hour.AddHours(2)));
        using var response = await tally.Client.PostAsJsonAsync(
            $"v1/products/p/reconciliations?evidence=emulator&period={Period}&from={from}&to={to}", export);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    private static string Text(DateTimeOffset hour) =>
        hour.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
