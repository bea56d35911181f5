using System.Xml.Linq;
using Tally.Emulator.Tests.Hosting;

namespace Tally.Emulator.Tests.Pages;

/// <summary>Reads the page and sends its forms as a browser does, which follows no redirection.</summary>
internal sealed class PageBrowser(EmulatorFixture fixture) : IDisposable
{
    private readonly HttpClient _http = new(new HttpClientHandler { AllowAutoRedirect = false })
    {
        BaseAddress = fixture.Emulator.Endpoint,
    };

    public async Task<XElement> PageAsync(string query = "") =>
        XDocument.Parse(await _http.GetStringAsync($"/_emulator{query}")).Root!;

    public async Task<XElement> SectionAsync(string id) => (await PageAsync()).Descendants("section")
        .Single(section => section.Attribute("id")?.Value == id);

    /// <summary>The cells of the section's first table.</summary>
    public async Task<IReadOnlyList<string>> CellsAsync(string id) =>
        [.. (await SectionAsync(id)).Descendants("table").Take(1).Descendants("td").Select(cell => cell.Value)];

    /// <summary>Sends a form; returns the answer's status.</summary>
    public async Task<int> SendAsync(string form, params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(
            fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var response = await _http.PostAsync($"/_emulator/forms/{form}", content);
        if ((int)response.StatusCode == 400) _ = XDocument.Parse(await response.Content.ReadAsStringAsync());
        return (int)response.StatusCode;
    }

    public void Dispose() => _http.Dispose();
}
