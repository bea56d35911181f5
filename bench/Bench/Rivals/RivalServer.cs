using Npgsql;

namespace Tally.Bench.Rivals;

/// <summary>The HTTP servers that the platform is measured against, each in a process of its own.</summary>
internal static class RivalServer
{
    private const int ConnectionsMax = 8;

    /// <summary>Reads each request and appends it to a file: nothing durable can do less.</summary>
    public static async Task<int> RunLimit(string[] arguments)
    {
        await using var file = new SharedFlushFile(Path.Combine(Value(arguments, "--dir"), "events"));
        await using var app = Build(arguments);
        _ = app.MapPost("/v1/events", async (HttpRequest request) =>
        {
            var body = await ReadBody(request);
            var count = EventReader.Read(body, keep: null);
            await file.Store(body);
            return Answered(count, 0);
        });
        await app.RunAsync();
        return 0;
    }

    /// <summary>Reads each request and inserts it into a table of PostgreSQL.</summary>
    public static async Task<int> RunPostgres(string[] arguments)
    {
        var settings = new NpgsqlConnectionStringBuilder(Value(arguments, "--database"))
        {
            MaxPoolSize = ConnectionsMax,
            NoResetOnClose = true,
            Timeout = 60,
        };
        await using var source = NpgsqlDataSource.Create(settings);
        var table = new UsageTable(source);
        await table.Create();
        await using var app = Build(arguments);
        _ = app.MapPost("/v1/events", async (HttpRequest request) =>
        {
            var events = new EventColumns();
            var count = EventReader.Read(await ReadBody(request), events);
            var accepted = await table.Store(events);
            return Answered(accepted, count - accepted);
        });
        await app.RunAsync();
        return 0;
    }

    private static WebApplication Build(string[] arguments)
    {
        var builder = WebApplication.CreateSlimBuilder();
        _ = builder.Logging.SetMinimumLevel(LogLevel.Warning);
        _ = builder.WebHost.UseUrls($"http://127.0.0.1:{Value(arguments, "--port")}");
        var app = builder.Build();
        _ = app.MapGet("/health/ready", () => Results.Ok());
        return app;
    }

    private static async Task<byte[]> ReadBody(HttpRequest request)
    {
        var length = request.ContentLength ?? throw new BadHttpRequestException("The length is missing.");
        var body = new byte[(int)length];
        await request.Body.ReadExactlyAsync(body, request.HttpContext.RequestAborted);
        return body;
    }

    private static IResult Answered(int accepted, int duplicates) =>
        Results.Text($$"""{"accepted":{{accepted}},"duplicates":{{duplicates}},"rejected":[]}""", "application/json");

    private static string Value(string[] arguments, string name) =>
        arguments[Array.IndexOf(arguments, name) + 1];
}
