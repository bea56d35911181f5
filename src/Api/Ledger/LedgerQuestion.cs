using System.Globalization;
using Microsoft.AspNetCore.Http;
using Tally.Api.Errors;
using Tally.Api.Products;
using Tally.Api.Records;
using Tally.Domain.Catalogue;
using Tally.Domain.Ledger;

namespace Tally.Api.Ledger;

/// <summary>Reads from a query which lines of the ledger are asked for.</summary>
internal static class LedgerQuestion
{
    /// <summary>The members of the query that narrow.</summary>
    public static IReadOnlyList<string> Members { get; } =
        ["customer", "dimension", "from", "to", "kind", "meteringRecordId"];

    /// <summary>Reads a filter.</summary>
    /// <param name="query">The query.</param>
    /// <param name="product">The product whose ledger it is.</param>
    /// <returns>The filter, or what is wrong with the query.</returns>
    public static (LedgerFilter? Filter, Problem? Problem) Read(IQueryCollection query, CachedProduct product)
    {
        if (Text(query, "customer") is { } customer && !Names.IsName(customer))
        {
            return Wrong("A customer has 1 to 255 characters.");
        }

        var dimension = Text(query, "dimension");
        var ordinal = product.Definition.Dimensions.FirstOrDefault(one => one.Name == dimension)?.Ordinal;
        if (dimension is not null && ordinal is null)
        {
            return Wrong("The product has no such dimension.");
        }

        var kind = LedgerKinds.Find(Text(query, "kind"));
        if (Text(query, "kind") is not null && kind is null)
        {
            return Wrong($"The kind is one of {string.Join(", ", LedgerKinds.All)}.");
        }

        if (!TryReadHour(query, "from", out var from) || !TryReadHour(query, "to", out var to))
        {
            return Wrong("'from' and 'to' are moments such as 2026-11-22T10:00:00Z.");
        }

        var filter = new LedgerFilter(product.Key)
        {
            Customer = Text(query, "customer"),
            Ordinal = ordinal,
            FromSeconds = from,
            ToSeconds = to,
            Kind = kind,
            MeteringRecordId = Text(query, "meteringRecordId"),
        };
        return (filter, null);
    }

    /// <summary>Reads where to go on, and how many lines are wanted.</summary>
    /// <param name="query">The query.</param>
    /// <param name="limitDefault">How many when nothing is said.</param>
    /// <param name="limitMax">How many at most.</param>
    /// <returns>The page; null when one of them is no such number.</returns>
    public static (long After, int Limit)? ReadPage(IQueryCollection query, int limitDefault, int limitMax)
    {
        var after = Number(Text(query, "after"), 0);
        var limit = Number(Text(query, "limit"), limitDefault);
        return after is { } behind && limit is { } count && count >= 1 && count <= limitMax
            ? (behind, (int)count)
            : null;
    }

    /// <summary>Reads a member of a query.</summary>
    /// <param name="query">The query.</param>
    /// <param name="name">Its name.</param>
    /// <returns>The text; null where there is none.</returns>
    public static string? Text(IQueryCollection query, string name) =>
        query[name] is [{ Length: > 0 } text] ? text : null;

    private static (LedgerFilter?, Problem?) Wrong(string detail) =>
        (null, new(ProblemCode.InvalidParameter, detail));

    private static long? Number(string? text, long otherwise) => text is null
        ? otherwise
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static bool TryReadHour(IQueryCollection query, string name, out long? seconds)
    {
        var text = Text(query, name);
        seconds = text is null ? null : RecordWords.HourOf(text);
        return text is null || seconds is not null;
    }
}
