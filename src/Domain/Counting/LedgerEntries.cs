using Tally.Domain.Allocations;
using Tally.Domain.Catalogue;
using Tally.Domain.Encoding;
using Tally.Domain.Sealing;

namespace Tally.Domain.Counting;

/// <summary>
/// The entries that a ledger leaves in the journal, and how they are applied again. A storage format: change it only
/// by a new kind.
/// </summary>
/// <remarks>
/// Counted (kind 1): arrival in ticks, then for each event its hour's start and the event as <see cref="UsageBlock"/>
/// has it. Settled (kind 2): settlements, one behind the other. Corrected (kind 3): a settlement, then the buyer
/// and the dimension's name that the record has from then on. Amended (kind 4): who and why, then an entry of kind 2 or
/// 3. Counted by tags (kind 5): how many tags the product allocated by and their keys, then what kind 1 has; so that a
/// replay finds the same tag sets whatever the product says by then. Applying entries again, from any of them on, gives
/// the same ledger, as long as it remembers their ids. Counted entries may come in any order; the others keep theirs.
/// </remarks>
public static class LedgerEntries
{
    private const byte CountedKind = 1;
    private const byte SettledKind = 2;
    private const byte CorrectedKind = 3;
    private const byte AmendedKind = 4;
    private const byte CountedByTagsKind = 5;

    /// <summary>
    /// Counts a block of events one after the other, in their order, and writes down those that were counted.
    /// </summary>
    /// <param name="ledger">The customer's ledger, which is changed.</param>
    /// <param name="block">Events as <see cref="UsageBlock"/> has them.</param>
    /// <param name="rules">How to count.</param>
    /// <param name="now">The present moment.</param>
    /// <param name="statuses">One place for each event; gets its <see cref="CountStatus"/>.</param>
    /// <param name="entry">Gets the journal entry; stays as it is when nothing is counted.</param>
    /// <returns>How many events were counted.</returns>
    /// <exception cref="FormatException">The bytes are no block; nothing was counted.</exception>
    /// <exception cref="ArgumentException">There are more events than places; nothing was counted.</exception>
    public static int Count(
        CustomerLedger ledger,
        ReadOnlySpan<byte> block,
        CountingRules rules,
        DateTimeOffset now,
        Span<byte> statuses,
        PayloadWriter entry)
    {
        ThrowUnlessReadable(block, statuses.Length);
        var counted = 0;
        var filter = TagFilter.For(rules.Product.AllocationTags);
        var reader = new UsageBlockReader(block);
        for (var index = 0; reader.Read(); index++)
        {
            var facts = reader.Facts;
            var placement = ledger.Decide(facts, rules, now);
            statuses[index] = (byte)placement.Status;
            if (placement.Status != CountStatus.Counted)
            {
                continue;
            }

            if (counted++ == 0)
            {
                WriteCountedHead(entry, filter, now);
            }

            if (filter is not null)
            {
                facts = facts with { Tags = filter.Find(reader.Tags) };
            }

            ledger.Count(facts, placement.Hour, rules.Product.Dimensions[facts.Ordinal].Aggregation, now);
            entry.Int64(placement.Hour.StartSeconds);
            entry.Raw(reader.Raw);
        }

        return counted;
    }

    /// <summary>Applies settlements and writes down those that changed anything.</summary>
    /// <param name="ledger">The customer's ledger, which is changed.</param>
    /// <param name="settlements">What happened.</param>
    /// <param name="entry">Gets the journal entry; stays as it is when nothing has changed.</param>
    /// <returns>How many settlements changed anything.</returns>
    public static int Settle(CustomerLedger ledger, IEnumerable<Settlement> settlements, PayloadWriter entry)
    {
        var changed = 0;
        foreach (var settlement in settlements)
        {
            if (!ledger.Settle(settlement))
            {
                continue;
            }

            if (changed++ == 0)
            {
                entry.Byte(SettledKind);
            }

            SettlementFormat.Write(entry, settlement);
        }

        return changed;
    }

    /// <summary>Does what a person wants done with a record that AWS didn't take, and writes it down.</summary>
    /// <param name="ledger">The customer's ledger, which is changed.</param>
    /// <param name="amendment">What is wanted.</param>
    /// <param name="rules">The product, and until when AWS takes its records.</param>
    /// <param name="now">The present moment.</param>
    /// <returns>What became of it, and the journal entry; null when nothing has changed.</returns>
    public static (AmendStatus Status, PayloadWriter? Entry) Amend(
        CustomerLedger ledger,
        RecordAmendment amendment,
        CountingRules rules,
        DateTimeOffset now)
    {
        var (status, decided) = AmendmentRules.Decide(ledger, amendment, rules, now);
        if (decided is not { } change)
        {
            return (status, null);
        }

        var entry = new PayloadWriter();
        entry.Byte(AmendedKind);
        entry.Text(amendment.By);
        entry.Text(amendment.Reason);
        if (amendment.Act != RecordAct.Correct)
        {
            Settle(ledger, [change.Settlement], entry);
            return (status, entry);
        }

        ledger.Correct(change);
        entry.Byte(CorrectedKind);
        SettlementFormat.Write(entry, change.Settlement);
        IdentityFormat.Write(entry, change.Identity);
        entry.Text(change.Dimension);
        return (status, entry);
    }

    /// <summary>Applies an entry again.</summary>
    /// <param name="ledger">The customer's ledger, which is changed.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="product">The product's definition.</param>
    /// <exception cref="FormatException">
    /// It is no entry of a known kind, or one that names a dimension that the definition doesn't have yet. The ledger
    /// may hold a part of it, and has to be thrown away.
    /// </exception>
    public static void Apply(CustomerLedger ledger, ReadOnlySpan<byte> entry, ProductDefinition product)
    {
        var reader = new PayloadReader(entry);
        var kind = ReadKind(ref reader, out _, out _);
        switch (kind)
        {
            case CountedKind:
                ApplyCounted(ledger, ref reader, product, null);
                break;
            case CountedByTagsKind:
                ApplyCounted(ledger, ref reader, product, ReadFilter(ref reader));
                break;
            case SettledKind:
                while (!reader.IsAtEnd)
                {
                    ledger.Settle(SettlementFormat.Read(ref reader));
                }

                break;
            case CorrectedKind:
                ApplyCorrected(ledger, ref reader);
                break;
            default:
                throw new FormatException($"A ledger entry of kind {kind} is not known.");
        }
    }

    /// <summary>Reads what an entry says of records.</summary>
    /// <param name="entry">The entry.</param>
    /// <returns>What it says; null when it counts events.</returns>
    /// <exception cref="FormatException">It is no entry of a known kind.</exception>
    public static SettledEntry? ReadSettled(ReadOnlySpan<byte> entry)
    {
        var reader = new PayloadReader(entry);
        var kind = ReadKind(ref reader, out var by, out var reason);
        var settlements = new List<Settlement>();
        while (kind == SettledKind && !reader.IsAtEnd)
        {
            settlements.Add(SettlementFormat.Read(ref reader));
        }

        if (kind == CorrectedKind)
        {
            settlements.Add(SettlementFormat.Read(ref reader));
        }

        return kind switch
        {
            CountedKind or CountedByTagsKind => null,
            SettledKind or CorrectedKind => new(settlements)
            {
                IsCorrection = kind == CorrectedKind,
                By = by,
                Reason = reason,
            },
            _ => throw new FormatException($"A ledger entry of kind {kind} is not known."),
        };
    }

    /// <summary>Reads an entry's kind, and before it who amended a record and why, where somebody did.</summary>
    private static byte ReadKind(ref PayloadReader reader, out string? by, out string? reason)
    {
        (by, reason) = (null, null);
        var kind = reader.Byte();
        if (kind != AmendedKind)
        {
            return kind;
        }

        (by, reason) = (reader.Text(), reader.Text());
        return reader.Byte();
    }

    /// <summary>Half a block must not be counted: the other half would never get an answer.</summary>
    private static void ThrowUnlessReadable(ReadOnlySpan<byte> block, int placeCount)
    {
        var reader = new UsageBlockReader(block);
        var eventCount = 0;
        while (reader.Read())
        {
            eventCount++;
        }

        if (eventCount > placeCount)
        {
            throw new ArgumentException($"{eventCount} events have {placeCount} places.", nameof(placeCount));
        }
    }

    private static void ApplyCorrected(CustomerLedger ledger, ref PayloadReader reader)
    {
        var settlement = SettlementFormat.Read(ref reader);
        var identity = IdentityFormat.Read(ref reader);
        var dimension = reader.Text() ?? throw new FormatException("A correction without a dimension.");
        if (settlement.State != RecordState.Waiting || !reader.IsAtEnd)
        {
            throw new FormatException("A correction that doesn't release its record, or one with more behind it.");
        }

        ledger.Correct(new(settlement, identity, dimension));
    }

    private static void WriteCountedHead(PayloadWriter entry, TagFilter? filter, DateTimeOffset now)
    {
        entry.Byte(filter is null ? CountedKind : CountedByTagsKind);
        if (filter is not null)
        {
            entry.Byte((byte)filter.Keys.Count);
            foreach (var key in filter.Keys)
            {
                entry.Text(key);
            }
        }

        entry.Int64(now.UtcTicks);
    }

    private static TagFilter? ReadFilter(ref PayloadReader reader)
    {
        var keys = new string[reader.Byte()];
        for (var index = 0; index < keys.Length; index++)
        {
            keys[index] = reader.Text() ?? "";
        }

        return keys.Length <= TagRules.KeysMax && Array.TrueForAll(keys, TagRules.IsKey)
            ? TagFilter.For(keys)
            : throw new FormatException("An entry names tags that no product allocates by.");
    }

    private static void ApplyCounted(
        CustomerLedger ledger, ref PayloadReader reader, ProductDefinition product, TagFilter? filter)
    {
        var arrival = reader.Moment();
        while (!reader.IsAtEnd)
        {
            var hour = reader.Hour(ledger.Period);
            var events = new UsageBlockReader(reader.Rest);
            var facts = events.Read() ? events.Facts : throw new FormatException("An hour without its event.");
            facts = filter is null ? facts : facts with { Tags = filter.Find(events.Tags) };
            reader.Raw(events.Raw.Length);
            if (facts.Ordinal >= product.Dimensions.Count)
            {
                throw new FormatException(
                    $"An event of dimension {facts.Ordinal}, where version {product.Version} of the product has "
                    + $"{product.Dimensions.Count}.");
            }

            ledger.Count(facts, hour, product.Dimensions[facts.Ordinal].Aggregation, arrival);
        }
    }
}
