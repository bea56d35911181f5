using Microsoft.Extensions.DependencyInjection;

namespace Tally.Api.Hosting;

/// <summary>The clock that stamps events which name no time.</summary>
public static class ApiTime
{
    /// <summary>
    /// The key of the <see cref="TimeProvider"/> that says what time it is for metering, the same that the actors
    /// use; where there is none under this key, the one without a key is taken.
    /// </summary>
    public const string Key = "Tally";

    /// <summary>Finds the clock.</summary>
    /// <param name="services">Where to look.</param>
    /// <returns>The metering clock.</returns>
    internal static TimeProvider Metering(IServiceProvider services) =>
        services.GetKeyedService<TimeProvider>(Key) ?? services.GetRequiredService<TimeProvider>();
}
