using System.Net;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Abstractions;
using Tally.Emulator.Admin;
using Tally.Emulator.Catalogue;
using Tally.Emulator.Clock;
using Tally.Emulator.Deployments;
using Tally.Emulator.Exchange;
using Tally.Emulator.Faults;
using Tally.Emulator.OpenApi;
using Tally.Emulator.Pages;
using Tally.Emulator.Rules;
using Tally.Emulator.Signatures;
using Tally.Emulator.State;
using Tally.Emulator.Subscriptions;
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
            .AddSingleton<RuleBook>()
            .AddSingleton<SellerCatalogue>()
            .AddSingleton<RegistrationTokens>()
            .AddSingleton(new FaultInjector(options.Faults, time))
            .AddSingleton<CallLog>()
            .AddSingleton<AgreementLog>()
            .AddSingleton<AgreementBook>()
            .AddSingleton<NoticeQueue>()
            .AddHostedService(services => services.GetRequiredService<NoticeQueue>())
            .AddSingleton<AgreementClock>()
            .AddHostedService(services => services.GetRequiredService<AgreementClock>())
            .AddSingleton<IMeteringOperation, BatchMeterUsage>()
            .AddSingleton<IMeteringOperation, ResolveCustomer>()
            .AddSingleton<ClientTokens>()
            .AddSingleton<DeploymentMeter>()
            .AddSingleton<IMeteringOperation, MeterUsage>()
            .AddSingleton<ProductKeys>()
            .AddSingleton<Registrations>()
            .AddSingleton<IMeteringOperation, RegisterUsage>()
            .AddSingleton<OperationSet>()
            .AddSingleton(new CallerIdentification(options, time))
            .AddSingleton<MeteringEndpoint>()
            .AddSingleton<EmulatorReset>()
            .AddSingleton<StateExchange>()
            .AddSingleton<TokenIssue>()
            .AddSingleton<IPageSection, ProductSection>()
            .AddSingleton<IPageSection, RecordSection>()
            .AddSingleton<IPageSection, CallSection>()
            .AddSingleton<IPageSection, TokenSection>()
            .AddSingleton<IPageSection, ControlSection>()
            .AddSingleton<EmulatorPage>()
            .AddSingleton<IAdminModule, PageEndpoints>()
            .AddSingleton<IAdminModule, ExchangeEndpoints>()
            .AddSingleton<IAdminModule, ApiDocumentEndpoint>()
            .AddSingleton<IAdminModule, AdminEndpoints>()
            .AddSingleton<IAdminModule, ProductEndpoints>()
            .AddSingleton<IAdminModule, AgreementEndpoints>()
            .AddSingleton<IAdminModule, KeyEndpoints>()
            .AddSingleton<IAdminModule, FulfillmentEndpoints>();
        _ = builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(options.IsLocalhost ? IPAddress.Loopback : IPAddress.Parse(options.Host), options.Port);
        });

        var app = builder.Build();
        _ = app.UseExceptionHandler().UseStatusCodePages().UseSameOrigin();
        _ = app.MapPost("/", app.Services.GetRequiredService<MeteringEndpoint>().HandleAsync);
        foreach (var module in app.Services.GetServices<IAdminModule>())
            module.Map(app);
        return app;
    }
}
