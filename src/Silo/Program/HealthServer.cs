using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans.Runtime;
using Tally.Silo.Postgres;

namespace Tally.Silo.Program;

/// <summary>
/// Says over HTTP whether the silo lives, and whether it is a member of the cluster that reaches its database.
/// </summary>
/// <param name="settings">At which port; none is none.</param>
/// <param name="silo">The silo's services.</param>
/// <param name="lifetime">Says when the silo stops.</param>
internal sealed class HealthServer(
    SiloSettings settings, IServiceProvider silo, IHostApplicationLifetime lifetime) : IHostedService, IAsyncDisposable
{
    private const int DatabaseSecondsMax = 2;
    private WebApplication? _app;

    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (settings.HealthPort is not { } port)
        {
            return;
        }

        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ListenAnyIP(port);
        });
        builder.Services.AddRoutingCore();
        _app = builder.Build();
        _app.UseRouting();
        _app.MapGet("/health/live", context => Answer(context, null));
        _app.MapGet("/health/ready", async context => await Answer(context, await FindTrouble(context.RequestAborted)));
        await _app.StartAsync(cancellationToken);
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) =>
        _app?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _app?.DisposeAsync() ?? default;

    private static Task Answer(HttpContext context, string? trouble)
    {
        context.Response.StatusCode = trouble is null
            ? StatusCodes.Status200OK
            : StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(trouble ?? "ok", context.RequestAborted);
    }

    /// <summary>Finds why nothing should be asked of this silo; null when it is well.</summary>
    private async Task<string?> FindTrouble(CancellationToken cancellationToken)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return "stopping";
        }

        if (!lifetime.ApplicationStarted.IsCancellationRequested)
        {
            return "starting";
        }

        if (silo.GetRequiredService<ISiloStatusOracle>().CurrentStatus != SiloStatus.Active)
        {
            return "not a member of the cluster";
        }

        try
        {
            var database = silo.GetRequiredKeyedService<NpgsqlDataSource>(PostgresStoresExtensions.Key);
            await using var command = database.CreateCommand("SELECT 1");
            command.CommandTimeout = DatabaseSecondsMax;
            await command.ExecuteScalarAsync(cancellationToken);
            return null;
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
        {
            return "the database does not answer";
        }
    }
}
