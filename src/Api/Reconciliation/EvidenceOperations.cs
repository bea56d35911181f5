using Microsoft.Extensions.DependencyInjection;
using Tally.Api.Errors;
using Tally.Api.Events;
using Tally.Api.Hosting;
using Tally.Api.Products;
using Tally.Contracts.Ledger;
using Tally.Domain.Ledger;
using Tally.Domain.Reconciliation;

namespace Tally.Api.Reconciliation;

/// <summary>Compares a product's ledger with evidence that a caller has.</summary>
/// <param name="products">Which products there are.</param>
/// <param name="bodies">How evidence is taken in.</param>
/// <param name="services">
/// Where the ledger is, if one is kept; asked for at use, as its database is opened when the silo starts, not before.
/// </param>
internal sealed class EvidenceOperations(ProductCache products, EvidenceBody bodies, IServiceProvider services)
    : IDisposable
{
    private const int LinesPerRead = 5_000;
    private const int AtOnce = 2;

    // Evidence is large: those who come while others are at it wait.
    private readonly SemaphoreSlim _turns = new(AtOnce);

    /// <inheritdoc />
    public void Dispose() => _turns.Dispose();

    /// <summary>Compares the ledger with the evidence of the body.</summary>
    /// <param name="call">The request.</param>
    /// <returns>Why not; null when it is done.</returns>
    public async Task<Problem?> Reconcile(ApiCall call)
    {
        if (await products.Find(call.Tenant, call["product"]) is not { } product)
        {
            return new(ProblemCode.UnknownProduct);
        }

        if (services.GetService<IRecordLedger>() is not { } ledger)
        {
            return new(ProblemCode.NoLedger);
        }

        var (question, problem) = EvidenceQuestion.Read(call.Http.Request.Query, product.Definition);
        if (question is null)
        {
            return problem;
        }

        await _turns.WaitAsync(call.Stop);
        try
        {
            return await Reconcile(call, product, ledger, question);
        }
        finally
        {
            _turns.Release();
        }
    }

    private static async Task<ReconciliationReport> Compare(
        LedgerComparison comparison, CachedProduct product, IRecordLedger ledger, CancellationToken stop)
    {
        foreach (var (from, to) in comparison.Windows())
        {
            var filter = new LedgerFilter(product.Key) { FromSeconds = from, ToSeconds = to };
            IReadOnlyList<LedgerRow> rows;
            var after = 0L;
            do
            {
                rows = await ledger.QueryAsync(filter, after, LinesPerRead, stop);
                foreach (var row in rows)
                {
                    comparison.Take(row.Line);
                    after = row.Sequence;
                }
            }
            while (rows.Count == LinesPerRead);

            comparison.Close(from);
        }

        return comparison.Finish();
    }

    private static EvidenceAnswer Answer(
        CachedProduct product, EvidenceQuestion question, ReconciliationReport report) => new(
        EvidenceKinds.NameOf(question.Kind),
        DateTimeOffset.FromUnixTimeSeconds(question.Terms.FromSeconds),
        DateTimeOffset.FromUnixTimeSeconds(question.Terms.ToSeconds),
        report.Summary.IsDaily ? "day" : "hour",
        report.Summary.IgnoresCustomers,
        report.Differences.Count == 0,
        ComparedAnswer.Of(report.Summary),
        [.. report.Differences.Select(one => DifferenceAnswer.Of(product.Definition, one))],
        report.IsTruncated);

    private async Task<Problem?> Reconcile(
        ApiCall call, CachedProduct product, IRecordLedger kept, EvidenceQuestion question)
    {
        EvidenceReading reading;
        using (var body = new PooledBody())
        {
            if (await bodies.Read(call.Http, body) is { } refused)
            {
                return refused;
            }

            reading = EvidenceReader.Read(question.Kind, body.Buffer.AsSpan(0, body.Length), question.Columns);
        }

        if (reading.Fault is { } fault)
        {
            return new(ProblemCode.InvalidEvidence, $"Line {fault.Line}: {fault.Reason}") { Line = fault.Line };
        }

        var comparison = new LedgerComparison(reading.Records, question.Terms);
        if (question.FindBrokenDays(comparison.IsDaily) is { } broken)
        {
            return broken;
        }

        var report = await Compare(comparison, product, kept, call.Stop);
        await call.Answer(Answer(product, question, report), ApiJsonContext.Default.EvidenceAnswer);
        return null;
    }
}
