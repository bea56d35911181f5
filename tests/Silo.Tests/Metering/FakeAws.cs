using System.Collections.Concurrent;
using Amazon.Runtime;
using Amazon.SecurityToken;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Tally.Silo.Tests.Metering;

/// <summary>STS and the metering service behind HTTP: who assumed which role, and who called as whom.</summary>
internal sealed class FakeAws : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeAws(WebApplication app) => _app = app;

    public Uri Endpoint => new(_app.Urls.First());

    /// <summary>The forms in which roles were assumed.</summary>
    public ConcurrentQueue<IFormCollection> Assumed { get; } = [];

    /// <summary>The signatures of calls to the metering service.</summary>
    public ConcurrentQueue<string> Signatures { get; } = [];

    /// <summary>How long a role's credentials live.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(1);

    public static async Task<FakeAws> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        var app = builder.Build();
        var aws = new FakeAws(app);
        app.MapPost("/", (RequestDelegate)aws.Answer);
        await app.StartAsync();
        return aws;
    }

    public IAmazonSecurityTokenService Sts(string region) => new AmazonSecurityTokenServiceClient(
        new BasicAWSCredentials("installation", "secret"),
        new AmazonSecurityTokenServiceConfig { ServiceURL = Endpoint.ToString(), AuthenticationRegion = region });

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task Answer(HttpContext http)
    {
        if (http.Request.HasFormContentType)
        {
            Assumed.Enqueue(await http.Request.ReadFormAsync());
            http.Response.ContentType = "text/xml";
            await http.Response.WriteAsync(
                $"""
                <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
                <AccessKeyId>ROLE{Assumed.Count}</AccessKeyId><SecretAccessKey>s</SecretAccessKey>
                <SessionToken>t</SessionToken><Expiration>{DateTime.UtcNow + Lifetime:yyyy-MM-ddTHH:mm:ssZ}</Expiration>
                </Credentials></AssumeRoleResult></AssumeRoleResponse>
                """);
            return;
        }

        Signatures.Enqueue(http.Request.Headers.Authorization.ToString());
        http.Response.ContentType = "application/x-amz-json-1.1";
        await http.Response.WriteAsync("""{"CustomerIdentifier":"X01","ProductCode":"p"}""");
    }
}
