using Microsoft.Extensions.Options;
using Tally.Api.Hosting;

namespace Tally.Api.Events;

/// <summary>What taking events in depends on, beside its collaborators.</summary>
/// <param name="options">The limits.</param>
/// <param name="services">Where the metering clock is.</param>
/// <param name="instruments">What is measured.</param>
internal sealed class PostLimits(
    IOptions<TallyApiOptions> options,
    IServiceProvider services,
    ApiInstruments instruments)
{
    /// <summary>The most events of a request.</summary>
    public int EventsMax { get; } = options.Value.EventsPerRequestMax;

    /// <summary>What time it is for events that name none.</summary>
    public TimeProvider Clock { get; } = ApiTime.Metering(services);

    /// <summary>What is measured.</summary>
    public ApiInstruments Instruments { get; } = instruments;
}
