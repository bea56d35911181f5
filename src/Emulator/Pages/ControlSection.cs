using System.Globalization;
using System.Text.Json;
using Tally.Emulator.Admin;
using Tally.Emulator.Clock;
using Tally.Emulator.Faults;

namespace Tally.Emulator.Pages;

/// <summary>Faults, the clock, and the way back to the start.</summary>
internal sealed class ControlSection(FaultInjector injector, EmulatorClock clock, EmulatorReset reset) : IPageSection
{
    private static readonly AdminJson Indented =
        new(new JsonSerializerOptions(AdminJson.Default.Options) { WriteIndented = true });

    public string Id => "control";

    public string Title => "Faults and clock";

    public IReadOnlyDictionary<string, PageForm> Forms => new Dictionary<string, PageForm>(StringComparer.Ordinal)
    {
        ["faults"] = SetFaultsAsync,
        ["clock"] = SetClockAsync,
        ["reset"] = ResetAsync,
    };

    public Task WriteAsync(HtmlWriter html, IQueryCollection query, CancellationToken cancellationToken)
    {
        html.AddForm("faults", () => html.Add(
            $"""
            <label class="all">What goes wrong on purpose
            <textarea name="plan">{JsonSerializer.Serialize(injector.Plan, Indented.FaultPlan)}</textarea></label>
            <button name="do" value="set">Set faults</button>
            <button name="do" value="clear" class="plain">No faults</button>
            """));
        var now = clock.GetUtcNow();
        var word = clock.Setting switch
        {
            null => "follows the system",
            { IsRunning: true } => "set, running",
            _ => "set, standing still",
        };
        html.Add($"""<p>The clock says <b id="now">{now}</b> UTC <small>{word}</small></p>""");
        html.AddForm("clock", () =>
        {
            html.AddField("Set to (UTC)", "now", now.UtcDateTime.ToString("s", CultureInfo.InvariantCulture));
            html.Add(
                $"""
                <label class="check"><input type="checkbox" name="isRunning" value="true" />runs on</label>
                <button name="do" value="set">Set clock</button>
                <button name="do" value="clear" class="plain">Follow the system</button>
                """);
        });
        html.AddForm("reset", () => html.Add($"""<button class="plain">Reset everything</button>"""));
        return Task.CompletedTask;
    }

    private Task<IReadOnlyList<string>> SetFaultsAsync(IFormCollection fields)
    {
        var (plan, mistakes) = (new FaultPlan(), (IReadOnlyList<string>)[]);
        if (fields["do"] != "clear") (plan, mistakes) = Read(fields["plan"].ToString());
        if (mistakes.Count == 0) injector.Plan = plan;
        return Task.FromResult(mistakes);
    }

    private static (FaultPlan Plan, IReadOnlyList<string> Mistakes) Read(string json)
    {
        try
        {
            var plan = JsonSerializer.Deserialize(json, AdminJson.Default.FaultPlan);
            return plan is null ? (new FaultPlan(), ["The faults are null."]) : (plan, plan.Mistakes());
        }
        catch (JsonException broken)
        {
            return (new FaultPlan(), [$"The faults: {JsonMistake.Of(broken, AdminJson.Default.FaultPlan)}"]);
        }
    }

    private async Task<IReadOnlyList<string>> SetClockAsync(IFormCollection fields)
    {
        if (fields["do"] == "clear")
        {
            await clock.SetAsync(null, isRunning: false);
            return [];
        }

        var (mistake, now) = fields.Moment("now");
        if (mistake is not null || now is null) return [mistake ?? "The clock must be set to a moment."];
        await clock.SetAsync(now.Value, isRunning: fields["isRunning"].Count > 0);
        return [];
    }

    private async Task<IReadOnlyList<string>> ResetAsync(IFormCollection fields)
    {
        await reset.RunAsync();
        return [];
    }
}
