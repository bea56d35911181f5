using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using Tally.Emulator.Tests.Hosting;

namespace Tally.Emulator.Tests.Pages;

public sealed class PageTests : IAsyncLifetime
{
    private const string Hostile = "<script>alert('x')</script>&\"'><b>";
    private EmulatorFixture? _fixture;
    private HttpClient? _browser;

    private EmulatorFixture Fixture => _fixture!;

    private HttpClient Browser => _browser!;

    public async ValueTask InitializeAsync()
    {
        _fixture = await EmulatorFixture.StartAsync();
        _browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false })
        {
            BaseAddress = Fixture.Emulator.Endpoint,
        };
    }

    public async ValueTask DisposeAsync()
    {
        Browser.Dispose();
        await Fixture.DisposeAsync();
    }

    [Fact]
    public async Task Page_WithEverything_IsWellFormedAndLoadsNothing()
    {
        await MeterAsync("cust-1", 42);
        _ = await Fixture.Caller.MeterAsync("nobody", Fixture.Record(1));
        _ = await SendAsync("token", ("account", "000000000000"), ("code", "prod-1"), ("identifier", "cust-1"));
        using var response = await Browser.GetAsync("/_emulator");
        Assert.Equal("text/html; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; style-src 'nonce-", policy, StringComparison.Ordinal);
        var page = await PageAsync();
        Assert.Empty(page.Descendants("script"));
        Assert.Empty(page.Descendants().Attributes("src"));
        Assert.All(page.Descendants().Attributes("href"), link => Assert.Matches("^(#|/_emulator)", link.Value));
        Assert.Contains("42", page.Descendants("td").Select(cell => cell.Value), StringComparer.Ordinal);
        Assert.Contains(page.Descendants("pre"), body => body.Value.Contains("\"Status\":\"Success\"", Ordinal));
    }

    [Fact]
    public async Task Page_HostileNames_AreTextAndNothingElse()
    {
        await Fixture.Emulator.DeclareProductAsync("prod-2", new ProductDeclaration
        {
            Dimensions = [Hostile],
            Customers = new Dictionary<string, SubscriptionState>(StringComparer.Ordinal) { [Hostile] = default },
        });
        var reply = await Fixture.Caller.MeterAsync(
            "prod-2", new { Timestamp = Fixture.Now, CustomerIdentifier = Hostile, Dimension = Hostile, Quantity = 1 });
        Assert.Equal(["Success"], reply.Statuses);
        _ = await Fixture.Caller.CallAsync($"AWSMPMeteringService.{Hostile}", "{}");
        var escaped = Uri.EscapeDataString(Hostile);
        var page = await PageAsync($"?product={escaped}&operation={escaped}");
        Assert.Empty(page.Descendants("script"));
        Assert.Equal(2, page.Descendants("input").Count(input => input.Attribute("value")?.Value == Hostile));
        Assert.Contains(Hostile, (await PageAsync()).Value, Ordinal);
    }

    [Fact]
    public async Task Root_OfABrowser_LeadsToThePage()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Accept.ParseAdd("text/html");
        using var response = await Browser.SendAsync(request);
        Assert.Equal((HttpStatusCode.Found, "/_emulator"), (response.StatusCode, $"{response.Headers.Location}"));
        using var program = await Browser.GetAsync("/");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, program.StatusCode);
    }

    [Fact]
    public async Task Forms_DeclareAndSubscribe_ChangeWhatMeteringAnswers()
    {
        (string, string) account = ("account", "000000000000");
        Assert.Equal(303, await SendAsync("product", account, ("code", "p9"), ("dimensions", "a, b ,api_calls")));
        Assert.Equal(["CustomerNotSubscribed"], (await Fixture.Caller.MeterAsync("p9", Fixture.Record(1))).Statuses);
        (string, string)[] customer = [account, ("code", "p9"), ("customer", "cust-1")];
        Assert.Equal(303, await SendAsync("subscription", [.. customer, ("state", "subscribed")]));
        Assert.Equal(["Success"], (await Fixture.Caller.MeterAsync("p9", Fixture.Record(1))).Statuses);
        Assert.Equal(303, await SendAsync("subscription", [.. customer, ("state", "unsubscribed")]));
        Assert.Equal(["CustomerNotSubscribed"], (await Fixture.Caller.MeterAsync("p9", Fixture.Record(1))).Statuses);
        Assert.Equal(400, await SendAsync("subscription", [.. customer, ("state", "perhaps")]));
        Assert.Equal(400, await SendAsync("product", account, ("code", "bad code"), ("dimensions", "a")));
    }

    [Fact]
    public async Task Forms_FaultsClockAndReset_DoWhatTheySay()
    {
        const string Plan = """{"errorRate":1,"quotas":"aws"}""";
        Assert.Equal(303, await SendAsync("faults", ("plan", Plan), ("do", "set")));
        Assert.Equal((1, CallQuotas.Aws), (Fixture.Emulator.Faults.ErrorRate, Fixture.Emulator.Faults.Quotas));
        Assert.Equal(400, await SendAsync("faults", ("plan", """{"errorRate":2}"""), ("do", "set")));
        Assert.Equal(400, await SendAsync("faults", ("plan", "{"), ("do", "set")));
        Assert.Equal(1, Fixture.Emulator.Faults.ErrorRate);
        Assert.Equal(303, await SendAsync("faults", ("plan", "{"), ("do", "clear")));
        Assert.Equal(new FaultPlan(), Fixture.Emulator.Faults);

        Assert.Equal(303, await SendAsync("clock", ("now", "2026-01-02T03:04:05"), ("do", "set")));
        Assert.Equal("2026-01-02 03:04:05", await NowAsync());
        Assert.Equal(400, await SendAsync("clock", ("now", "soon"), ("do", "set")));
        Assert.Equal(303, await SendAsync("clock", ("do", "clear")));
        Assert.Equal("2026-11-23 10:30:00", await NowAsync());

        await MeterAsync("cust-1", 1);
        Assert.Equal(303, await SendAsync("reset"));
        Assert.Empty(await Fixture.Emulator.ListRecordsAsync());
    }

    [Fact]
    public async Task Forms_Token_IsShownAndResolves()
    {
        Assert.Equal(400, await SendAsync("token", ("code", "prod-1")));
        Assert.Equal(303, await SendAsync("token", ("code", "prod-1"), ("identifier", "cust-1")));
        var section = (await PageAsync()).Descendants("section")
            .Single(part => part.Attribute("id")?.Value == "tokens");
        var reply = await Fixture.Caller.ResolveAsync(section.Descendants("code").Single().Value);
        Assert.Equal("cust-1", reply.Json.GetProperty("CustomerIdentifier").GetString());
    }

    [Fact]
    public async Task Page_Filtered_ShowsThoseRecordsAlone()
    {
        await MeterAsync("cust-1", 777);
        Assert.Contains("777", await CellsAsync("?customer=cust-1"), StringComparer.Ordinal);
        Assert.DoesNotContain("777", await CellsAsync("?customer=cust-9"), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("Origin", "http://elsewhere.example", 403)]
    [InlineData("Origin", "null", 403)]
    [InlineData("Sec-Fetch-Site", "cross-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-origin", 303)]
    [InlineData("Origin", "self", 303)]
    public async Task Forms_SentFromElsewhere_AreRefused(string header, string value, int expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/_emulator/forms/reset")
        {
            Content = new FormUrlEncodedContent([]),
        };
        var own = Fixture.Emulator.Endpoint.GetLeftPart(UriPartial.Authority);
        request.Headers.Add(header, value is "self" ? own : value);
        using var response = await Browser.SendAsync(request);
        Assert.Equal(expected, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("/_emulator/forms/nothing", 404)]
    [InlineData("/_emulator/reset", 403)]
    public async Task Post_UnknownFormOrForeignCall_IsAProblem(string path, int expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent([]) };
        if (expected == 403) request.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var response = await Browser.SendAsync(request);
        Assert.Equal(expected, (int)response.StatusCode);
        var problem = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync());
        Assert.Equal(expected, problem.GetProperty("status").GetInt32());
    }

    private static StringComparison Ordinal => StringComparison.Ordinal;

    private async Task MeterAsync(string customer, int quantity) =>
        _ = await Fixture.Caller.MeterAsync(EmulatorFixture.Product, Fixture.Record(quantity, customer));

    private async Task<XElement> PageAsync(string query = "") =>
        XDocument.Parse(await Browser.GetStringAsync($"/_emulator{query}")).Root!;

    private async Task<IEnumerable<string>> CellsAsync(string query) =>
        (await PageAsync(query)).Descendants("td").Select(cell => cell.Value);

    private async Task<string> NowAsync() =>
        (await PageAsync()).Descendants("b").Single(word => word.Attribute("id")?.Value == "now").Value;

    private async Task<int> SendAsync(string form, params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(
            fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var response = await Browser.PostAsync($"/_emulator/forms/{form}", content);
        if ((int)response.StatusCode == 400) _ = XDocument.Parse(await response.Content.ReadAsStringAsync());
        return (int)response.StatusCode;
    }
}
