using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Tally.Api.Hosting;
using Tally.Contracts.Ledger;

namespace Tally.Api.Tests.Stage;

/// <summary>The API behind a real web server.</summary>
public sealed class TestApi : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestApi(WebApplication app)
    {
        _app = app;
        Address = new(app.Urls.First());
        Client = new(new SocketsHttpHandler { AutomaticDecompression = System.Net.DecompressionMethods.None })
        {
            BaseAddress = Address,
            Timeout = TimeSpan.FromSeconds(30),
        };
    }

    public Uri Address { get; }

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public FakeTimeProvider Time => (FakeTimeProvider)_app.Services.GetRequiredService<TimeProvider>();

    public static async Task<TestApi> Open(
        IGrainFactory grains,
        Action<TallyApiOptions>? configure = null,
        IRecordLedger? ledger = null,
        DateTimeOffset? now = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        builder.Services.AddSingleton(grains);
        builder.Services.AddSingleton<TimeProvider>(new FakeTimeProvider(now ?? ApiStage.Now));
        if (ledger is not null)
        {
            builder.Services.AddSingleton(ledger);
        }

        builder.Services.AddTallyApi(options =>
        {
            // The first of them doesn't wait, and the others would, for a clock that stands still.
            options.CallRetriesMax = 1;
            configure?.Invoke(options);
        });
        var app = builder.Build();
        app.MapTallyApi();
        await app.StartAsync();
        return new(app);
    }

    /// <summary>Sends a request whose path reaches the server as it is written here.</summary>
    public async Task<Answer> Send(HttpMethod method, string path, string? key, HttpContent? content = null)
    {
        var uri = new Uri(Address.ToString().TrimEnd('/') + path, new UriCreationOptions
        {
            DangerousDisablePathAndQueryCanonicalization = true,
        });
        using var request = new HttpRequestMessage(method, uri) { Content = content };
        if (key is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        using var response = await Client.SendAsync(request);
        return new(response, await response.Content.ReadAsStringAsync());
    }

    public static HttpContent Json(string json) => new StringContent(json, Encoding.UTF8, "application/json");

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}

/// <summary>An answer that was read whole.</summary>
public sealed class Answer(HttpResponseMessage response, string text)
{
    public int Status { get; } = (int)response.StatusCode;

    public HttpResponseHeaders Headers { get; } = response.Headers;

    public HttpContentHeaders ContentHeaders { get; } = response.Content.Headers;

    public string Text { get; } = text;

    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public string? Code => Json.TryGetProperty("code", out var code) ? code.GetString() : null;
}
