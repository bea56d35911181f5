using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Tally.Emulator.Tests.Notifications;

/// <summary>A seller's endpoint: keeps what it is sent, and answers as it is told.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ReceivedNotification> _received = [];

    private Receiver(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.First());

    /// <summary>The statuses of the next answers; then 200.</summary>
    public ConcurrentQueue<int> Answers { get; } = [];

    public IReadOnlyList<ReceivedNotification> Received => [.. _received];

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        _ = builder.Logging.ClearProviders();
        _ = builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new Receiver(app);
        _ = app.MapPost("/", receiver.TakeAsync);
        await app.StartAsync();
        return receiver;
    }

    /// <summary>Waits until so many have come.</summary>
    public async Task<IReadOnlyList<ReceivedNotification>> WaitForAsync(int count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (_received.Count < count)
            await Task.Delay(10, limit.Token); // polls for a condition
        return Received;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task<IResult> TakeAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        var headers = request.Headers.ToDictionary(
            header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        _received.Enqueue(new ReceivedNotification(headers, await reader.ReadToEndAsync()));
        return Results.StatusCode(Answers.TryDequeue(out var status) ? status : StatusCodes.Status200OK);
    }
}

/// <summary>What came.</summary>
internal sealed record ReceivedNotification(IReadOnlyDictionary<string, string> Headers, string Body)
{
    public System.Text.Json.JsonElement Json =>
        System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(Body);

    public string Text(string name) => Json.GetProperty(name).GetString()!;
}
