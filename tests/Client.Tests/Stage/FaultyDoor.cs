using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tally.Api.Tests.Stage;

namespace Tally.Client.Tests.Stage;

/// <summary>A server before the API that lets requests through, or not, as it was told.</summary>
public sealed class FaultyDoor : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TestApi _api;
    private readonly ConcurrentQueue<Fault> _faults = new();
    private int _requests;

    private FaultyDoor(WebApplication app, TestApi api) => (_app, _api) = (app, api);

    /// <summary>Where it is.</summary>
    public Uri Address => new(_app.Urls.First());

    /// <summary>How many requests came.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>What goes wrong when nothing is planned any more.</summary>
    public Fault Otherwise { get; set; }

    /// <summary>What <c>Retry-After</c> says.</summary>
    public string RetryAfter { get; set; } = "2";

    /// <summary>The bodies that came, with their headers' encoding.</summary>
    public ConcurrentQueue<(byte[] Body, string? Encoding)> Bodies { get; } = new();

    /// <summary>Opens a door.</summary>
    public static async Task<FaultyDoor> Open(TestApi api, params IEnumerable<Fault> faults)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.None);
        var app = builder.Build();
        var door = new FaultyDoor(app, api);
        door.Plan(faults);
        app.Run(door.Pass);
        await app.StartAsync();
        return door;
    }

    /// <summary>Plans what goes wrong with the next requests, one each.</summary>
    public void Plan(params IEnumerable<Fault> faults)
    {
        foreach (var fault in faults)
        {
            _faults.Enqueue(fault);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task Pass(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        Interlocked.Increment(ref _requests);
        Bodies.Enqueue((body.ToArray(), context.Request.Headers.ContentEncoding));
        var fault = _faults.TryDequeue(out var planned) ? planned : Otherwise;
        switch (fault)
        {
            case Fault.CutBefore:
                context.Abort();
                return;
            case Fault.Unavailable or Fault.Throttled or Fault.Broken:
                Refuse(context.Response, fault);
                return;
            case Fault.OtherPage:
                await context.Response.WriteAsync("<html>Please log in.</html>");
                return;
            case Fault.Silent:
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
                return;
            default:
                await Forward(context, body.ToArray(), fault);
                return;
        }
    }

    private void Refuse(HttpResponse response, Fault fault)
    {
        response.StatusCode = fault switch { Fault.Throttled => 429, Fault.Broken => 500, _ => 503 };
        if (fault is Fault.Unavailable or Fault.UnavailableAfter)
        {
            response.Headers.RetryAfter = RetryAfter;
        }
    }

    private async Task Forward(HttpContext context, byte[] body, Fault fault)
    {
        using var request = new HttpRequestMessage(
            new(context.Request.Method), new Uri(_api.Address, context.Request.Path + context.Request.QueryString));
        request.Headers.TryAddWithoutValidation("Authorization", context.Request.Headers.Authorization.ToString());
        if (body.Length > 0)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", context.Request.ContentType);
            request.Content.Headers.TryAddWithoutValidation(
                "Content-Encoding", context.Request.Headers.ContentEncoding.ToString());
        }

        using var response = await _api.Client.SendAsync(request);
        var answer = await response.Content.ReadAsByteArrayAsync();
        if (fault == Fault.CutAfter)
        {
            context.Abort();
            return;
        }

        if (fault == Fault.UnavailableAfter)
        {
            Refuse(context.Response, fault);
            return;
        }

        context.Response.StatusCode = (int)response.StatusCode;
        context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
        if (fault == Fault.HalfAnAnswer)
        {
            context.Response.ContentLength = answer.Length;
            await context.Response.Body.WriteAsync(answer.AsMemory(0, answer.Length / 2));
            context.Abort();
            return;
        }

        await context.Response.Body.WriteAsync(answer);
    }
}
