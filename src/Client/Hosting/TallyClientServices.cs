using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tally.Client.Hosting;

namespace Tally.Client;

/// <summary>Adds the client to an application.</summary>
public static class TallyClientServices
{
    /// <summary>The name of the client's <c>HttpClient</c>, for those who want to configure it.</summary>
    public const string HttpClientName = "Tally.Client";

    /// <summary>
    /// Adds a <see cref="TallyClient"/>, one for the application. Its clock is the <see cref="TimeProvider"/> that is
    /// registered, if there is one. The options are checked when the application starts.
    /// </summary>
    /// <remarks>
    /// The client flushes when the container is disposed of asynchronously, as hosts do; disposing of the container
    /// synchronously is an error, as it would lose events.
    /// </remarks>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets the options; they can be set elsewhere, too.</param>
    /// <returns>The configuration of the client's <c>HttpClient</c>.</returns>
    public static IHttpClientBuilder AddTallyClient(
        this IServiceCollection services, Action<TallyClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<TallyClientOptions>, TallyClientOptionsValidator>());
        services.AddOptions<TallyClientOptions>().Configure(options => configure?.Invoke(options)).ValidateOnStart();
        services.TryAddSingleton(Make);
        return services.AddHttpClient(HttpClientName, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .UseSocketsHttpHandler((handler, _) => handler.PooledConnectionLifetime = ClientParts.ConnectionLifetime)
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
    }

    private static TallyClient Make(IServiceProvider services)
    {
        // One for all its life: the factory makes no other while the container is disposed of, and then there are still
        // events to send.
        var http = services.GetRequiredService<IHttpClientFactory>().CreateClient(HttpClientName);
        return new(services.GetRequiredService<IOptions<TallyClientOptions>>().Value, new ClientParts
        {
            Http = http,
            Time = services.GetService<TimeProvider>(),
            Logger = services.GetService<ILogger<TallyClient>>(),
            Meters = services.GetService<IMeterFactory>(),
        });
    }
}
