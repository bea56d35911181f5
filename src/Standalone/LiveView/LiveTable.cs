using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;
using Tally.Domain.Quantities;

namespace Tally.Standalone.LiveView;

/// <summary>Draws what the live view shows; the same lines give the same picture.</summary>
internal static class LiveTable
{
    /// <summary>Draws the table with the addresses below it.</summary>
    /// <param name="lines">The products.</param>
    /// <param name="sources">Where the addresses are.</param>
    /// <param name="warnings">The last warnings.</param>
    /// <param name="now">The present moment.</param>
    /// <returns>What to show.</returns>
    public static IRenderable Draw(
        IReadOnlyList<ProductLine> lines,
        LiveSources sources,
        IReadOnlyList<string> warnings,
        DateTimeOffset now)
    {
        var table = new Table().RoundedBorder().Title("[bold]Tally[/]  units by where they are");
        foreach (var column in (string[])["Product", "Customers", "Open", "Sealed", "Delivered", "Parked", "Carried"])
        {
            table.AddColumn(column, options => options.Alignment = column == "Product" ? Justify.Left : Justify.Right);
        }

        table.AddColumn("Next flush").AddColumn("Balance");
        foreach (var line in lines)
        {
            table.AddRow(
                Markup.Escape(line.Name),
                Number(line.Status.Customers),
                Units(line.Sum.Open),
                Units(line.Sum.Waiting),
                $"[green]{Units(line.Sum.Delivered)}[/] ({Number(line.Status.Delivered)} records)",
                line.Status.Parked > 0
                    ? $"[yellow]{Units(line.Sum.Parked)}[/] ({Number(line.Status.Parked)} records)"
                    : "0",
                Units(line.Sum.Carried),
                NextFlush(line, now),
                line.IsBalanced ? "[green]0[/]" : $"[red]{Units(line.Sum.Difference)}[/]");
        }

        return new Rows([table, .. Addresses(sources), .. Problems(lines, warnings)]);
    }

    /// <summary>Says the same in one line each, for logs.</summary>
    /// <param name="line">A product.</param>
    /// <param name="now">The present moment.</param>
    /// <returns>The line.</returns>
    public static string Plain(ProductLine line, DateTimeOffset now) =>
        $"{line.Name}: open {Units(line.Sum.Open)}, sealed {Units(line.Sum.Waiting)}, "
        + $"delivered {Units(line.Sum.Delivered)} in {Number(line.Status.Delivered)} records, "
        + $"parked {Units(line.Sum.Parked)}, carried {Units(line.Sum.Carried)}, "
        + $"next flush in {NextFlush(line, now)}, difference {Units(line.Sum.Difference)}";

    /// <summary>The addresses to open.</summary>
    /// <param name="sources">Where they are.</param>
    /// <returns>A line for each.</returns>
    public static IEnumerable<string> AddressLines(LiveSources sources)
    {
        yield return $"API reference  {sources.Api}docs";
        yield return $"Post events    {sources.Api}v1/events";
        if (sources.Emulator is { } emulator)
        {
            yield return $"Emulator       {emulator}_emulator";
        }
    }

    private static IEnumerable<IRenderable> Addresses(LiveSources sources) =>
        AddressLines(sources).Append("Ctrl-C stops").Select(line => new Text(line, new Style(Color.Grey)));

    private static IEnumerable<IRenderable> Problems(
        IReadOnlyList<ProductLine> lines,
        IReadOnlyList<string> warnings) =>
    [
        .. lines.Where(line => line.Status.Problem is not null)
            .Select(line => new Text($"{line.Name}: {line.Status.Problem}", new Style(Color.Red))),
        .. warnings.Select(warning => new Text(warning, new Style(Color.Yellow))),
    ];

    private static string NextFlush(ProductLine line, DateTimeOffset now)
    {
        var left = line.Status.NextSeal - now;
        return left > TimeSpan.Zero ? $"{(int)left.TotalMinutes}:{left.Seconds:D2}" : "now";
    }

    private static string Units(Quantity quantity) =>
        decimal.Round((decimal)quantity.Micros / Quantity.MicrosPerUnit, 2)
            .ToString("#,0.##", CultureInfo.InvariantCulture);

    private static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
