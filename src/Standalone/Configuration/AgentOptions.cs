using Tally.Domain.Catalogue;

namespace Tally.Standalone.Configuration;

/// <summary>What the options of an agent come to, and what is wrong with them.</summary>
public static class AgentOptions
{
    /// <summary>Given in place of the public key's file: the product is an AMI and isn't registered.</summary>
    public const string NoPublicKey = "none";

    /// <summary>The product code that holds.</summary>
    /// <param name="options">The options.</param>
    /// <returns>The code.</returns>
    public static string ProductOf(StandaloneOptions options) => options.Product ?? "container-demo";

    /// <summary>The dimensions that hold.</summary>
    /// <param name="options">The options.</param>
    /// <returns>Their names.</returns>
    public static IReadOnlyList<string> DimensionsOf(StandaloneOptions options) =>
        (options.Dimensions ?? "requests,gb_processed").Split(',', StringSplitOptions.TrimEntries);

    /// <summary>Finds what is wrong, or missing where there is no emulator.</summary>
    /// <param name="options">The options.</param>
    /// <returns>One sentence for each thing that is wrong.</returns>
    public static IEnumerable<string> Check(StandaloneOptions options)
    {
        if (!options.UsesEmulator)
        {
            if (options.Product is null || options.Dimensions is null)
            {
                yield return "an agent without the emulator needs product and dimensions.";
            }

            if (options.PublicKey is null)
            {
                yield return "an agent without the emulator needs public-key, the file with the key that AWS "
                    + "Marketplace gave out for the product; none for an AMI, which isn't registered.";
            }
        }

        if (!Names.IsProductCode(ProductOf(options)))
        {
            yield return $"product is '{options.Product}'; it must be a product code.";
        }

        var names = DimensionsOf(options);
        if (names.Any(name => !Names.IsName(name)) || names.Distinct().Count() != names.Count)
        {
            yield return $"dimensions is '{options.Dimensions}'; it must be names with commas between them, each once.";
        }
    }
}
