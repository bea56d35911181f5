using System.Net;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Abstractions;
using Tally.Emulator.Admin;
using Tally.Emulator.Clock;
using Tally.Emulator.Pages;
using Tally.Emulator.Queues;
using Tally.Emulator.State;
using Tally.Emulator.Wire;

namespace Tally.Emulator.Hosting;

/// <summary>Puts the web server together. It takes nothing from the environment of the process it runs in.</summary>
internal static class EmulatorHost
{
    /// <summary>How long running calls may take to end when the emulator is disposed of; then they are cut.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(2);

    public static WebApplication Build(
        EmulatorOptions options,
        IEmulatorState state,
        TimeProvider time,
        ILoggerFactory? loggers)
    {
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Clear();
        _ = builder.Services
            .AddSingleton<IHostLifetime, NoLifetime>()
            .Replace(ServiceDescriptor.Singleton(loggers ?? NullLoggerFactory.Instance))
            .AddProblemDetails()
            .Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout)
            .AddSingleton(options)
            .AddSingleton(state)
            .AddSingleton(new EmulatorClock(state, time))
            .AddSingleton<TimeProvider>(services => services.GetRequiredService<EmulatorClock>())
            .AddMetering(options, time)
            .AddSubscriptions()
            .AddAdministration();
        _ = builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(options.IsLocalhost ? IPAddress.Loopback : IPAddress.Parse(options.Host), options.Port);
        });

        var app = builder.Build();
        _ = app.UseExceptionHandler().UseStatusCodePages().UseSameOrigin();
        MapServices(app);
        foreach (var module in app.Services.GetServices<IAdminModule>())
            module.Map(app);
        return app;
    }

    /// <summary>The two services that are emulated share an address, and a header says which one is meant.</summary>
    private static void MapServices(WebApplication app)
    {
        var metering = app.Services.GetRequiredService<MeteringEndpoint>();
        var queues = app.Services.GetRequiredService<QueueEndpoint>();
        _ = app.MapPost(
            "/", http => QueueEndpoint.IsMeant(http.Request) ? queues.HandleAsync(http) : metering.HandleAsync(http));
        // Clients of SQS call the queue's own address.
        _ = app.MapPost("/{account:long}/{queue}", queues.HandleAsync);
    }
}
