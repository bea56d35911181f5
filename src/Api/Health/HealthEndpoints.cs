using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tally.Contracts.Tenants;

namespace Tally.Api.Health;

/// <summary>Says whether the process lives, and whether it takes events.</summary>
internal static partial class HealthEndpoints
{
    private static readonly TimeSpan PatienceMax = TimeSpan.FromSeconds(5);

    /// <summary>Maps <c>/health/live</c> and <c>/health/ready</c>.</summary>
    /// <param name="routes">The application's routes.</param>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", context => Answer(context, StatusCodes.Status200OK, "live"))
            .ExcludeFromDescription();
        routes.MapGet("/health/ready", Ready).ExcludeFromDescription();
    }

    private static async Task Ready(HttpContext context)
    {
        var services = context.RequestServices;
        var time = services.GetRequiredService<TimeProvider>();
        var lifetime = services.GetRequiredService<IHostApplicationLifetime>();
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            await Answer(context, StatusCodes.Status503ServiceUnavailable, "stopping");
            return;
        }

        try
        {
            // An actor answers only when the cluster and its stores do.
            await services.GetRequiredService<IGrainFactory>()
                .GetGrain<ITenantDirectoryGrain>(ITenantDirectoryGrain.TheKey)
                .List()
                .WaitAsync(PatienceMax, time, context.RequestAborted);
            await Answer(context, StatusCodes.Status200OK, "ready");
        }
        catch (Exception exception) when (!context.RequestAborted.IsCancellationRequested)
        {
            Log.NotReady(services.GetRequiredService<ILoggerFactory>().CreateLogger("Tally.Api.Health"), exception);
            await Answer(context, StatusCodes.Status503ServiceUnavailable, "not ready");
        }
    }

    private static Task Answer(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }

    private static partial class Log
    {
        [LoggerMessage(2201, LogLevel.Warning, "Not ready: the cluster or its stores do not answer.")]
        public static partial void NotReady(ILogger logger, Exception exception);
    }
}
