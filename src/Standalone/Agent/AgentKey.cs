using System.Net;
using Tally.Api.Tenants;
using Tally.Domain.Catalogue;
using Tally.Domain.Entitlement;
using Tally.Emulator;
using Tally.Grains.Entitlement;
using Tally.Standalone.Configuration;
using Tally.Standalone.Hosting;

namespace Tally.Standalone.Agent;

/// <summary>The public key of the agent's one product.</summary>
/// <param name="product">The product.</param>
/// <param name="key">Its key; null for an AMI, which isn't registered.</param>
internal sealed class AgentKey(ProductKey product, PublishedKey? key) : IPublishedKeys
{
    /// <inheritdoc />
    public PublishedKey? For(ProductKey asked) => asked == product ? key : null;

    /// <summary>Says what is wrong with the key's file.</summary>
    /// <param name="options">How the platform runs.</param>
    /// <returns>One sentence, or nothing.</returns>
    public static IEnumerable<string> Check(StandaloneOptions options)
    {
        if (!options.Agent || options.PublicKey is null or AgentOptions.NoPublicKey)
        {
            return [];
        }

        try
        {
            return RegistrationSignature.IsPublicKey(File.ReadAllText(options.PublicKey))
                ? []
                : [$"public-key {options.PublicKey} has no RSA public key in PEM."];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [$"public-key {options.PublicKey} can't be read: {exception.Message}"];
        }
    }

    /// <summary>Finds the key: the given one, or the emulator's.</summary>
    /// <param name="options">How the platform runs.</param>
    /// <param name="emulator">The emulator; null where there is none.</param>
    /// <returns>The key.</returns>
    /// <exception cref="IOException">The emulator has no such key.</exception>
    public static async Task<AgentKey> Find(StandaloneOptions options, MarketplaceEmulator? emulator)
    {
        var product = new ProductKey(FirstTenant.Name, AgentOptions.ProductOf(options));
        var emulated = emulator is null ? null : await Ask(emulator, options, product.Code);
        if (options.PublicKey == AgentOptions.NoPublicKey)
        {
            return new(product, null);
        }

        var pem = options.PublicKey is { } file ? await File.ReadAllTextAsync(file) : emulated;
        return new(product, new(
            options.PublicKeyVersion,
            pem ?? throw new IOException(
                $"The emulator has no public key of version {options.PublicKeyVersion} for the product "
                + $"'{product.Code}'.")));
    }

    /// <summary>Asks the emulator, to which the product is declared if it doesn't know it yet.</summary>
    private static async Task<string?> Ask(MarketplaceEmulator emulator, StandaloneOptions options, string code)
    {
        using var client = new HttpClient { BaseAddress = emulator.Endpoint };
        var keys = $"product={Uri.EscapeDataString(code)}";
        using var known = await client.GetAsync($"_emulator/keys?{keys}");
        if (known.StatusCode == HttpStatusCode.NotFound && !options.NoAutoListing)
        {
            await emulator.DeclareProductAsync(code, AgentOptions.DimensionsOf(options));
        }

        using var answer = await client.GetAsync($"_emulator/keys/{options.PublicKeyVersion}?{keys}");
        return answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync() : null;
    }
}
