using System.Text;
using Tally.Api.Dispatch;
using Tally.Api.Events;
using Tally.Domain.Counting;
using Tally.Domain.Quantities;

namespace Tally.Api.Compatibility.Metering;

/// <summary>
/// Counts records: the same way that posted events go, through the dispatcher to the customers' actors.
/// </summary>
/// <param name="dispatcher">The way to the actors.</param>
/// <param name="limits">What is measured.</param>
internal sealed class RecordPoster(Dispatcher dispatcher, PostLimits limits)
{
    private const int EventOverhead = 64;

    /// <summary>Counts a record. What was counted is durable when this returns.</summary>
    /// <param name="record">The record.</param>
    /// <param name="stop">Gives up waiting; the record may be counted all the same.</param>
    /// <returns>What became of it.</returns>
    /// <remarks>
    /// Of a record that is divided over tags, the first part goes alone. It is known by the whole record's content, so
    /// that the other parts are counted only when it isn't known with another.
    /// </remarks>
    public async Task<RecordFate> Post(MeteredRecord record, CancellationToken stop)
    {
        var fate = await Post(record, 0, 1, stop);
        return fate.IsRecorded && record.Parts.Count > 1
            ? await Post(record, 1, record.Parts.Count, stop)
            : fate;
    }

    private async Task<RecordFate> Post(MeteredRecord record, int from, int to, CancellationToken stop)
    {
        var size = record.Parts.Skip(from).Take(to - from).Sum(part => (long)part.Tags.Length + EventOverhead);
        if (dispatcher.TryReserve(to - from, size) is not { } post)
        {
            return new(default, HasRoom: false);
        }

        var dispatched = 0;
        try
        {
            var division = record.Division();
            var customer = Encoding.UTF8.GetBytes(record.Customer);
            for (var part = from; part < to; part++)
            {
                Add(record, customer, (part, division), new(post, part - from));
                dispatched++;
            }
        }
        finally
        {
            post.Release(to - from - dispatched + 1);
            dispatcher.Start();
        }

        await post.Answered.WaitAsync(stop);
        return post.Failure is { } failure ? new(default, Failure: failure) : Book(post.Statuses);
    }

    private RecordFate Book(byte[] statuses)
    {
        var accepted = statuses.Count(status => (CountStatus)status == CountStatus.Counted);
        var duplicates = statuses.Count(status => (CountStatus)status == CountStatus.Duplicate);
        limits.Instruments.Events(accepted, duplicates, statuses.Length - accepted - duplicates);
        return new(Array.Find(
            Array.ConvertAll(statuses, status => (CountStatus)status),
            status => status is not (CountStatus.Counted or CountStatus.Duplicate)));
    }

    private void Add(MeteredRecord record, byte[] customer, (int Index, byte[] Division) place, Waiter waiter)
    {
        var (product, dimension) = (record.Product, record.Dimension);
        var part = record.Parts[place.Index];
        var micros = (long)Quantity.OfUnits(part.Quantity).Micros;
        if (!dimension.Conversion.TryConvert(micros, out var converted, out var fraction))
        {
            throw new InvalidOperationException("A record that is too large for its dimension was not refused.");
        }

        var id = record.EventId(place.Index);
        var usage = new UsageEvent
        {
            Flags = (byte)((part.Tags.Length > 0 ? UsageBlock.HasTags : 0)
                | (fraction.IsZero ? 0 : UsageBlock.HasFraction)),
            CatalogueVersion = product.Definition.Version,
            Facts = new(
                EventHashes.KeyOf(id),
                EventHashes.FingerprintOf(dimension.Name, micros, record.Ticks, [.. part.Tags, .. place.Division]),
                dimension.Definition.Ordinal,
                record.Ticks,
                converted,
                UInt128.Zero)
            {
                Fraction = fraction,
            },
            Id = id,
            Tags = part.Tags,
        };
        dispatcher.Add(new LaneAddress(product.Text, product.Seed, customer), usage, waiter);
    }
}
