using Microsoft.Extensions.Options;
using Tally.Api.Tenants;
using Tally.Contracts.Entitlement;
using Tally.Contracts.Products;
using Tally.Domain.Catalogue;
using Tally.Domain.Entitlement;
using Tally.Standalone.Configuration;
using Tally.Standalone.Hosting;

namespace Tally.Standalone.Agent;

/// <summary>
/// Makes the agent's product and has it registered, before the HTTP API takes requests. A refusal doesn't end the
/// process: what was accepted before is still to be delivered, and the API says why it takes no more.
/// </summary>
/// <param name="grains">The actors.</param>
/// <param name="options">How the platform runs.</param>
internal sealed class AgentSetup(IGrainFactory grains, StandaloneOptions options) : IHostedService
{
    private const int AskedMax = 5;

    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var key = new ProductKey(FirstTenant.Name, AgentOptions.ProductOf(options)).ToString();
        await Put(grains.GetGrain<IProductGrain>(key));
        var entitlement = grains.GetGrain<IEntitlementGrain>(key);
        var status = await entitlement.Get();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), TimeProvider.System);
        for (var asked = 1; asked < AskedMax && status.Verdict == EntitlementVerdict.Unknown; asked++)
        {
            await timer.WaitForNextTickAsync(cancellationToken);
            status = await entitlement.Get();
        }

        Console.WriteLine(status.Verdict switch
        {
            EntitlementVerdict.Entitled => $"AWS Marketplace: entitled to {AgentOptions.ProductOf(options)}.",
            EntitlementVerdict.NotEntitled =>
                $"AWS Marketplace: not entitled; no usage is taken. {status.Code}: {status.Message}",
            _ => $"AWS Marketplace could not be asked yet; it goes on being asked. {status.Code}: {status.Message}",
        });
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The product as it is made; what is made already is its owner's, and only looked at.</summary>
    /// <param name="options">How the platform runs.</param>
    /// <returns>Its configuration.</returns>
    public static ProductConfig Config(StandaloneOptions options) =>
        new(null, null, [.. AgentOptions.DimensionsOf(options).Select(name => new DimensionConfig(name))])
        {
            Channel = DeliveryChannel.MeterUsage,
        };

    private async Task Put(IProductGrain product)
    {
        if (await product.Get() is not { } current)
        {
            var decision = await product.Put(Config(options));
            current = decision.Definition ?? throw Wrong(decision.Errors.Select(error => error.Message));
        }

        if (current.Channel != DeliveryChannel.MeterUsage)
        {
            throw Wrong([$"The product '{current.Code}' in the data is not delivered by MeterUsage."]);
        }

        var missing = (options.Dimensions is null ? [] : AgentOptions.DimensionsOf(options))
            .Where(name => !current.Dimensions.Any(known => known.Name == name && !known.Retired))
            .ToList();
        if (missing.Count > 0)
        {
            throw Wrong(missing.Select(name =>
                $"The product '{current.Code}' in the data has no dimension '{name}'; "
                + $"add it with PUT /v1/products/{current.Code}."));
        }
    }

    private static OptionsValidationException Wrong(IEnumerable<string> errors) =>
        new(nameof(StandaloneOptions.Agent), typeof(StandaloneOptions), errors);
}
