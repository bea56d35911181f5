using Spectre.Console;
using Tally.Contracts.Delivery;
using Tally.Domain.Conservation;
using Tally.Domain.Quantities;
using Tally.Standalone.Configuration;
using Tally.Standalone.LiveView;

namespace Tally.Standalone.Tests.LiveView;

/// <summary>What somebody sees who watches.</summary>
public sealed class LiveTableTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Balance Balanced = new()
    {
        Accepted = new Quantity(1_234_567_500_000),
        Delivered = Quantity.OfUnits(1_234_000),
        Open = Quantity.OfUnits(500),
        Waiting = Quantity.OfUnits(40),
        Parked = Quantity.OfUnits(27),
        Carried = new Quantity(500_000),
    };

    private static LiveSources Sources =>
        new(null!, new StandaloneOptions(), new("http://localhost:8080"), new("http://localhost:8090"));

    [Fact]
    public void Draw_Products_ShowsNamesAndNumbers()
    {
        var text = Render([Line("Search API", Balanced)]);
        Assert.Equal(
            ["Product", "Customers", "Open", "Sealed", "Delivered", "Parked", "Carried", "Next flush", "Balance"],
            Row(text, "Product"));
        Assert.Equal(
            ["Search API", "1,200", "500", "40", "1,234,000 (3,456 records)", "27 (2 records)", "0.5", "0:42", "0"],
            Row(text, "Search API"));
    }

    [Theory]
    [InlineData(1_233_990, "10")]
    [InlineData(1_234_010, "-10")]
    public void Draw_UnitsMissingOrTooMany_ShowsTheDifference(long delivered, string difference)
    {
        var line = Line("Search API", Balanced with { Delivered = Quantity.OfUnits(delivered) });
        Assert.False(line.IsBalanced);
        Assert.Equal(difference, Row(Render([line]), "Search API")[^1]);
    }

    [Fact]
    public void Draw_NothingParked_ShowsZero()
    {
        var line = Line("Search API", Balanced);
        line = line with { Status = line.Status with { Parked = 0 } };
        Assert.Equal("0", Row(Render([line]), "Search API")[5]);
    }

    [Fact]
    public void Draw_HourIsOver_FlushesNow()
    {
        var line = Line("Search API", Balanced);
        line = line with { Status = line.Status with { NextSeal = Now } };
        Assert.Equal("now", Row(Render([line]), "Search API")[7]);
    }

    [Fact]
    public void Draw_NameLikeMarkup_IsShownAsItIs() =>
        Assert.Contains("[red]A[/] & [x", Render([Line("[red]A[/] & [x", Balanced)]), StringComparison.Ordinal);

    [Fact]
    public void Draw_ProblemsAndWarnings_AreBelowTheTable()
    {
        var line = Line("Search API", Balanced);
        line = line with { Status = line.Status with { Problem = "AWS refuses the credentials [x]" } };
        var text = Render([line], "[1] A warning.");
        Assert.Contains("Search API: AWS refuses the credentials [x]", text, StringComparison.Ordinal);
        Assert.Contains("[1] A warning.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_Addresses_AreShown()
    {
        var text = Render([]);
        Assert.Contains("http://localhost:8080/docs", text, StringComparison.Ordinal);
        Assert.Contains("http://localhost:8080/v1/events", text, StringComparison.Ordinal);
        Assert.Contains("Emulator       http://localhost:8090/_emulator\n", text, StringComparison.Ordinal);
        Assert.Contains("Ctrl-C stops", text, StringComparison.Ordinal);
    }

    [Fact]
    public void AddressLines_NoEmulator_AreWithoutIt() =>
        Assert.Equal(2, LiveTable.AddressLines(Sources with { Emulator = null }).Count());

    [Fact]
    public void Plain_Product_IsOneLine() => Assert.Equal(
        "Search API: open 500, sealed 40, delivered 1,234,000 in 3,456 records, parked 27, carried 0.5, "
            + "next flush in 0:42, difference 0",
        LiveTable.Plain(Line("Search API", Balanced), Now));

    [Fact]
    public void Plain_TinyAndHugeUnits_AreReadable()
    {
        var sum = new Balance { Open = new(5_001), Carried = Quantity.OfUnits(Quantity.EventUnitsMax) };
        var text = LiveTable.Plain(Line("Search API", sum), Now);
        Assert.Contains("open 0.01,", text, StringComparison.Ordinal);
        Assert.Contains("carried 9,000,000,000,000,", text, StringComparison.Ordinal);
    }

    private static ProductLine Line(string name, Balance sum) => new(
        name,
        sum,
        new DeliveryStatus(
            Customers: 1_200,
            ActiveCustomers: 3,
            Waiting: 4,
            Parked: 2,
            Delivered: 3_456,
            Quarantined: 0,
            Expired: 0,
            LastSubmitted: null,
            NextSeal: Now.AddSeconds(42),
            Problem: null,
            Suspension: null));

    private static string Render(IReadOnlyList<ProductLine> lines, params string[] warnings)
    {
        using var writer = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = 200;
        console.Write(LiveTable.Draw(lines, Sources, warnings, Now));
        return writer.ToString();
    }

    /// <summary>The cells of the row that begins with a text, whatever the border looks like.</summary>
    private static string[] Row(string text, string first)
    {
        var cells = text.Split('\n').Select(line => line.Split('│', '|')).Where(cells => cells.Length == 11);
        return [.. cells.Single(row => row[1].Trim() == first)[1..^1].Select(cell => cell.Trim())];
    }
}
