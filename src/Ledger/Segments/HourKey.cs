using Tally.Domain.Catalogue;

namespace Tally.Ledger.Segments;

/// <summary>A metering hour of a product.</summary>
/// <param name="Product">The product.</param>
/// <param name="StartSeconds">The hour's start, in seconds since 1970.</param>
internal readonly record struct HourKey(ProductKey Product, long StartSeconds);
