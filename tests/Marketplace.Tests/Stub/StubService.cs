using System.Collections.Concurrent;
using System.Net;
using Amazon.Runtime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Amazon.AWSMarketplaceMetering.Tests.Stub;

/// <summary>A real HTTP server on a free port of this machine that keeps what it gets and answers as told.</summary>
internal sealed class StubService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Received> _received = new();

    private StubService(WebApplication app) => _app = app;

    public Func<Received, Task<Answer>> Reply { get; set; } = _ => Task.FromResult(Answer.Ok());

    public IReadOnlyList<Received> Requests => [.. _received];

    public string Url => _app.Urls.Single();

    public static async Task<StubService> StartAsync(params Answer[] answers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        _ = builder.Logging.ClearProviders();
        _ = builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var stub = new StubService(builder.Build());
        if (answers.Length > 0)
            stub.Reply = _ => Task.FromResult(answers[Math.Min(stub._received.Count, answers.Length) - 1]);
        stub._app.Run(stub.HandleAsync);
        await stub._app.StartAsync();
        return stub;
    }

    /// <summary>Makes a client of this server; without retries unless the change sets some.</summary>
    public AmazonAWSMarketplaceMeteringClient Client(Action<AmazonAWSMarketplaceMeteringConfig>? change = null)
    {
        var config = new AmazonAWSMarketplaceMeteringConfig
        {
            ServiceURL = Url,
            AuthenticationRegion = "eu-central-1",
            MaxErrorRetry = 0,
        };
        change?.Invoke(config);
        return new AmazonAWSMarketplaceMeteringClient(new BasicAWSCredentials("AKIDEXAMPLE", "SECRETEXAMPLE"), config);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HandleAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var received = new Received(
            http.Request.Method,
            http.Request.Path + http.Request.QueryString,
            http.Request.Headers.ToDictionary(
                header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body.ToArray());
        _received.Enqueue(received);

        var answer = await Reply(received);
        http.Response.StatusCode = answer.Status;
        http.Response.ContentType = answer.ContentType;
        foreach (var (name, value) in answer.Headers)
            http.Response.Headers[name] = value;
        await http.Response.WriteAsync(answer.Body);
    }
}
