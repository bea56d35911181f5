using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Tally.Api.Hosting;

/// <summary>
/// Lets a customer be called <c>.</c> or <c>..</c>: the server resolves such segments, also encoded ones, before
/// routing sees them. Where the raw target has one, routing gets the path as it was sent.
/// </summary>
internal sealed class DotSegments : IStartupFilter
{
    private const string Where = "/v1/products/";

    /// <inheritdoc />
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, following) =>
        {
            if (context.Features.Get<IHttpRequestFeature>()?.RawTarget is { } target
                && target.StartsWith(Where, StringComparison.Ordinal)
                && Restore(target) is { } path)
            {
                context.Request.Path = new PathString(path);
            }

            return following(context);
        });
        next(app);
    };

    // Segments of dots stay encoded, so that nobody behind this resolves them; values are read from the raw target.
    private static string? Restore(string target)
    {
        var query = target.IndexOf('?', StringComparison.Ordinal);
        var segments = (query < 0 ? target : target[..query]).Split('/');
        var found = false;
        for (var index = 0; index < segments.Length; index++)
        {
            var plain = segments[index].Replace("%2E", ".", StringComparison.OrdinalIgnoreCase);
            if (plain is "." or "..")
            {
                found = true;
                segments[index] = plain.Replace(".", "%2E", StringComparison.Ordinal);
            }
        }

        return found ? string.Join('/', segments) : null;
    }
}
