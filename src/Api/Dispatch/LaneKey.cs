using System.Diagnostics.CodeAnalysis;
using System.IO.Hashing;

namespace Tally.Api.Dispatch;

/// <summary>Which customer a lane is for.</summary>
/// <param name="Product">The tenant and product, as <see cref="Domain.Catalogue.ProductKey"/> writes them.</param>
/// <param name="Customer">The customer's name in UTF-8.</param>
/// <param name="Hash">The hash of both.</param>
internal readonly record struct LaneKey(string Product, byte[] Customer, ulong Hash);

/// <summary>A <see cref="LaneKey"/> that still lies in the request's body.</summary>
internal readonly ref struct LaneAddress
{
    /// <summary>Makes an address.</summary>
    /// <param name="product">The tenant and product, as <see cref="Domain.Catalogue.ProductKey"/> writes them.</param>
    /// <param name="seed">The hash of <paramref name="product"/>.</param>
    /// <param name="customer">The customer's name in UTF-8.</param>
    public LaneAddress(string product, long seed, ReadOnlySpan<byte> customer)
    {
        Product = product;
        Customer = customer;
        Hash = XxHash3.HashToUInt64(customer, seed);
    }

    /// <summary>The tenant and product.</summary>
    public string Product { get; }

    /// <summary>The customer's name in UTF-8.</summary>
    public ReadOnlySpan<byte> Customer { get; }

    /// <summary>The hash of both.</summary>
    public ulong Hash { get; }
}

/// <summary>Compares lane keys, also with addresses, so that looking a lane up makes no garbage.</summary>
internal sealed class LaneKeyComparer : IEqualityComparer<LaneKey>, IAlternateEqualityComparer<LaneAddress, LaneKey>
{
    /// <inheritdoc />
    public bool Equals(LaneKey x, LaneKey y) =>
        x.Hash == y.Hash && x.Product == y.Product && x.Customer.AsSpan().SequenceEqual(y.Customer);

    /// <inheritdoc />
    public int GetHashCode([DisallowNull] LaneKey obj) => Fold(obj.Hash);

    /// <inheritdoc />
    public bool Equals(LaneAddress alternate, LaneKey other) =>
        alternate.Hash == other.Hash
        && alternate.Product == other.Product
        && alternate.Customer.SequenceEqual(other.Customer);

    /// <inheritdoc />
    public int GetHashCode(LaneAddress alternate) => Fold(alternate.Hash);

    /// <inheritdoc />
    public LaneKey Create(LaneAddress alternate) =>
        new(alternate.Product, alternate.Customer.ToArray(), alternate.Hash);

    // The low bits choose the shard, so the dictionary gets the high ones.
    private static int Fold(ulong hash) => unchecked((int)(hash >> 32));
}
