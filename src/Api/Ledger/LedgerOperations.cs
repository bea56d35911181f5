using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Tally.Api.Errors;
using Tally.Api.Hosting;
using Tally.Api.Products;
using Tally.Contracts.Ledger;
using Tally.Domain.Ledger;

namespace Tally.Api.Ledger;

/// <summary>Shows a product's ledger, by pages or as a file.</summary>
/// <param name="products">Which products there are.</param>
/// <param name="services">
/// Where the ledger is, if one is kept; asked for at use, as its database is opened when the silo starts, not before.
/// </param>
internal sealed class LedgerOperations(ProductCache products, IServiceProvider services)
{
    private const int LimitDefault = 100;
    private const int LimitMax = 1_000;
    private const int LinesPerRead = 1_000;

    /// <summary>Shows a page.</summary>
    /// <param name="call">The request.</param>
    /// <returns>Why not; null when it is done.</returns>
    public async Task<Problem?> List(ApiCall call)
    {
        var query = call.Http.Request.Query;
        if (LedgerQuestion.ReadPage(query, LimitDefault, LimitMax) is not var (after, limit))
        {
            return new(
                ProblemCode.InvalidParameter,
                "'after' is the sequence of a line, 'limit' a number of lines from 1 to 1000.");
        }

        var (question, problem) = await Read(call);
        if (question is not var (reader, product, filter))
        {
            return problem;
        }

        var rows = await reader.QueryAsync(filter, after, limit, call.Stop);
        long? next = rows.Count == limit ? rows[^1].Sequence : null;
        var lines = rows.Select(row => LedgerLineAnswer.Of(product.Definition, row));
        await call.Answer(new LedgerAnswer([.. lines], next), ApiJsonContext.Default.LedgerAnswer);
        return null;
    }

    /// <summary>Hands out all lines, as CSV or as JSON Lines.</summary>
    /// <param name="call">The request.</param>
    /// <returns>Why not; null when it is done.</returns>
    public async Task<Problem?> Export(ApiCall call)
    {
        var format = LedgerQuestion.Text(call.Http.Request.Query, "format") ?? "csv";
        if (format is not ("csv" or "jsonl"))
        {
            return new(ProblemCode.InvalidParameter, "The format is csv or jsonl.");
        }

        var (question, problem) = await Read(call);
        if (question is not var (reader, product, filter))
        {
            return problem;
        }

        // The first lines are read before anything is said, so that a ledger that can't be read is a proper error. If
        // it fails later, the connection is cut: a file that ends early must not look whole.
        var rows = await reader.QueryAsync(filter, 0, LinesPerRead, call.Stop);
        var response = call.Http.Response;
        response.ContentType = format is "csv" ? "text/csv; charset=utf-8; header=present" : "application/x-ndjson";
        response.Headers.ContentDisposition = $"attachment; filename=\"ledger.{format}\"";
        var text = new StringBuilder(format is "csv" ? LedgerCsv.Header : "");
        while (rows.Count > 0)
        {
            foreach (var row in rows)
            {
                Write(text, format, LedgerLineAnswer.Of(product.Definition, row));
            }

            await response.WriteAsync(text.ToString(), call.Stop);
            text.Clear();
            rows = rows.Count < LinesPerRead
                ? []
                : await reader.QueryAsync(filter, rows[^1].Sequence, LinesPerRead, call.Stop);
        }

        await response.WriteAsync(text.ToString(), call.Stop);
        return null;
    }

    private static void Write(StringBuilder text, string format, LedgerLineAnswer line)
    {
        if (format is "csv")
        {
            LedgerCsv.Write(text, line);
        }
        else
        {
            text.Append(JsonSerializer.Serialize(line, ApiJsonContext.Default.LedgerLineAnswer)).Append('\n');
        }
    }

    private async Task<((IRecordLedger, CachedProduct, LedgerFilter)?, Problem?)> Read(ApiCall call)
    {
        if (await products.Find(call.Tenant, call["product"]) is not { } product)
        {
            return (null, new(ProblemCode.UnknownProduct));
        }

        var (filter, problem) = LedgerQuestion.Read(call.Http.Request.Query, product);
        if (filter is null)
        {
            return (null, problem);
        }

        return services.GetService<IRecordLedger>() is { } ledger
            ? ((ledger, product, filter), null)
            : (null, new(ProblemCode.NoLedger));
    }
}
