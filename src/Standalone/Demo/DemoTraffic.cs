using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Tally.Api.Tenants;
using Tally.Contracts.Products;
using Tally.Contracts.Tenants;
using Tally.Domain.Catalogue;
using Tally.Emulator;
using Tally.Standalone.Hosting;

namespace Tally.Standalone.Demo;

/// <summary>Sends sample usage through the real HTTP API, now and then twice, as networks make clients do.</summary>
/// <param name="grains">Where the products are made.</param>
/// <param name="api">The address of the HTTP API.</param>
/// <param name="emulator">The emulator; null where there is none.</param>
/// <param name="offer">What is sold, and to whom.</param>
internal sealed class DemoTraffic(IGrainFactory grains, Uri api, MarketplaceEmulator? emulator, DemoOffer offer)
{
    private const string Tenant = FirstTenant.Name;
    private const string KeyName = "sample traffic";
    private const int EventsPerRequest = 20;
    private const double ResendShare = 0.2;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private CreatedApiKey? _key;

    /// <summary>Makes the products and a key for the traffic.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that completes when the traffic may start.</returns>
    public async Task Prepare(CancellationToken cancellationToken)
    {
        foreach (var (code, config) in offer.Products)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var product = grains.GetGrain<IProductGrain>(new ProductKey(Tenant, code).ToString());
            if (await product.Get() is null)
            {
                await product.Put(config);
            }

            if (emulator is not null)
            {
                await emulator.DeclareProductAsync(code, new ProductDeclaration
                {
                    Dimensions = [.. config.Dimensions.Select(dimension => dimension.Name)],
                    OpenToAll = true,
                    Customers = offer.Unsubscribed.ToDictionary(
                        customer => customer, _ => SubscriptionState.Unsubscribed),
                });
            }
        }

        await RevokeOldKeys();
        _key = await grains.GetGrain<ITenantGrain>(Tenant).CreateKey(KeyName, [ApiScopes.Ingest]);
    }

    /// <summary>Sends usage until it is told to stop.</summary>
    /// <param name="stopping">Says when.</param>
    /// <returns>A task that ends with it.</returns>
    public async Task Run(CancellationToken stopping)
    {
        using var client = new HttpClient { BaseAddress = api };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _key!.Secret);
        using var timer = new PeriodicTimer(Interval, TimeProvider.System);
        while (await timer.WaitForNextTickAsync(stopping))
        {
            var events = new JsonArray([.. Enumerable.Range(0, EventsPerRequest).Select(_ => Event())]);
            await Send(client, events, stopping);
            if (Random.Shared.NextDouble() < ResendShare)
            {
                await Send(client, events, stopping);
            }
        }
    }

    private static async Task Send(HttpClient client, JsonArray events, CancellationToken cancellationToken)
    {
        using var response = await client.PostAsJsonAsync("v1/events", events, cancellationToken);
        if (response.StatusCode is not (HttpStatusCode.Forbidden or HttpStatusCode.ServiceUnavailable))
        {
            // A buyer that isn't entitled, or not yet, is a part of what is shown.
            response.EnsureSuccessStatusCode();
        }
    }

    private JsonNode Event()
    {
        var (code, config) = offer.Products[Random.Shared.Next(offer.Products.Count)];
        var dimension = config.Dimensions[Random.Shared.Next(config.Dimensions.Count)];
        var usage = new JsonObject
        {
            ["id"] = Guid.NewGuid().ToString(),
            ["product"] = code,
            ["customer"] = offer.Customers[Random.Shared.Next(offer.Customers.Count)],
            ["dimension"] = dimension.Name,
            ["quantity"] = Random.Shared.Next(1, 4_000) / 100m,
        };
        if (dimension.UniqueTag is { } tag)
        {
            usage["tags"] = new JsonObject { [tag] = $"user-{Random.Shared.Next(40)}" };
        }

        return usage;
    }

    /// <summary>A run that was killed has left its key behind.</summary>
    private async Task RevokeOldKeys()
    {
        var tenant = grains.GetGrain<ITenantGrain>(Tenant);
        foreach (var key in await tenant.ListKeys())
        {
            if (key.Name == KeyName)
            {
                await tenant.RevokeKey(key.KeyId);
            }
        }
    }
}
