using System.Text;

namespace Tally.Emulator.Pages;

/// <summary>Puts a page together. Whatever is filled into the text is encoded; only the text itself is HTML.</summary>
internal sealed class HtmlWriter
{
    /// <summary>What was written so far.</summary>
    public StringBuilder Text { get; } = new();

    /// <summary>Writes HTML with encoded values in it.</summary>
    public void Add([System.Runtime.CompilerServices.InterpolatedStringHandlerArgument("")] HtmlFragment html) =>
        _ = html.End();

    /// <summary>A form that sends its fields to the form of that name.</summary>
    public void AddForm(string name, Action fields)
    {
        Add($"""<form method="post" action="/_emulator/forms/{name}">""");
        fields();
        Add($"</form>");
    }

    /// <summary>A table, or a word that there is nothing; the rows are written by the caller.</summary>
    public void AddTable(IReadOnlyList<string> heads, bool isEmpty, Action rows)
    {
        if (isEmpty)
        {
            Add($"""<p class="none">None.</p>""");
            return;
        }

        Add($"""<div class="wide"><table><thead><tr>""");
        foreach (var head in heads)
            Add($"<th>{head}</th>");
        Add($"</tr></thead><tbody>");
        rows();
        Add($"</tbody></table></div>");
    }

    /// <summary>An input with its label.</summary>
    public void AddField(string label, string name, string? value = null, string type = "text") => Add(
        $"""<label>{label}<input type="{type}" name="{name}" value="{value}" /></label>""");

    /// <summary>A box to tick; its value is <c>true</c> when it is.</summary>
    public void AddCheck(string label, string name) => Add(
        $"""<label class="check"><input type="checkbox" name="{name}" value="true" />{label}</label>""");
}
