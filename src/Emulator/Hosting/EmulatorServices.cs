using Tally.Emulator.Admin;
using Tally.Emulator.Catalogue;
using Tally.Emulator.Deployments;
using Tally.Emulator.Exchange;
using Tally.Emulator.Faults;
using Tally.Emulator.Notifications;
using Tally.Emulator.OpenApi;
using Tally.Emulator.Pages;
using Tally.Emulator.Queues;
using Tally.Emulator.Rules;
using Tally.Emulator.Signatures;
using Tally.Emulator.Subscriptions;
using Tally.Emulator.Wire;

namespace Tally.Emulator.Hosting;

/// <summary>The parts of the emulator.</summary>
internal static class EmulatorServices
{
    /// <summary>The operations of the service, and what they need.</summary>
    public static IServiceCollection AddMetering(
        this IServiceCollection services,
        EmulatorOptions options,
        TimeProvider time) => services
        .AddSingleton<RuleBook>()
        .AddSingleton<SellerCatalogue>()
        .AddSingleton<RegistrationTokens>()
        .AddSingleton(new FaultInjector(options.Faults, time))
        .AddSingleton<CallLog>()
        .AddSingleton(new CallerIdentification(options, time))
        .AddSingleton<ClientTokens>()
        .AddSingleton<DeploymentMeter>()
        .AddSingleton<ProductKeys>()
        .AddSingleton<Registrations>()
        .AddSingleton<IMeteringOperation, BatchMeterUsage>()
        .AddSingleton<IMeteringOperation, ResolveCustomer>()
        .AddSingleton<IMeteringOperation, MeterUsage>()
        .AddSingleton<IMeteringOperation, RegisterUsage>()
        .AddSingleton<OperationSet>()
        .AddSingleton<MeteringEndpoint>();

    /// <summary>Agreements, and how sellers are told of them.</summary>
    public static IServiceCollection AddSubscriptions(this IServiceCollection services) => services
        .AddSingleton<MessageQueues>()
        .AddSingleton<QueueOperations>()
        .AddSingleton<QueueEndpoint>()
        .AddSingleton<DeliveryLog>()
        .AddSingleton<HttpDeliverer>()
        .AddHostedService(provider => provider.GetRequiredService<HttpDeliverer>())
        .AddSingleton<NotificationHub>()
        .AddSingleton<NotificationOrders>()
        .AddSingleton<INoticeTransport>(provider => provider.GetRequiredService<NotificationHub>())
        .AddSingleton<AgreementLog>()
        .AddSingleton<AgreementBook>()
        .AddSingleton<AgreementOrders>()
        .AddSingleton<NoticeQueue>()
        .AddHostedService(provider => provider.GetRequiredService<NoticeQueue>())
        .AddSingleton<AgreementClock>()
        .AddHostedService(provider => provider.GetRequiredService<AgreementClock>());

    /// <summary>What only an emulator has.</summary>
    public static IServiceCollection AddAdministration(this IServiceCollection services) => services
        .AddSingleton<EmulatorReset>()
        .AddSingleton<StateExchange>()
        .AddSingleton<TokenIssue>()
        .AddSingleton<IPageSection, ProductSection>()
        .AddSingleton<IPageSection, AgreementSection>()
        .AddSingleton<IPageSection, RecordSection>()
        .AddSingleton<IPageSection, CallSection>()
        .AddSingleton<IPageSection, TokenSection>()
        .AddSingleton<IPageSection, NoticeSection>()
        .AddSingleton<IPageSection, DeliverySection>()
        .AddSingleton<IPageSection, QueueSection>()
        .AddSingleton<IPageSection, ControlSection>()
        .AddSingleton<EmulatorPage>()
        .AddSingleton<IAdminModule, PageEndpoints>()
        .AddSingleton<IAdminModule, AdminEndpoints>()
        .AddSingleton<IAdminModule, ProductEndpoints>()
        .AddSingleton<IAdminModule, KeyEndpoints>()
        .AddSingleton<IAdminModule, AgreementEndpoints>()
        .AddSingleton<IAdminModule, FulfillmentEndpoints>()
        .AddSingleton<IAdminModule, NotificationEndpoints>()
        .AddSingleton<IAdminModule, ExchangeEndpoints>()
        .AddSingleton<IAdminModule, ApiDocumentEndpoint>();
}
