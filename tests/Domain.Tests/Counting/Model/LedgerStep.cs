using Tally.Domain.Quantities;
using Tally.Domain.Sealing;

namespace Tally.Domain.Tests.Counting.Model;

/// <summary>One thing that happens to a customer's ledger.</summary>
internal abstract record LedgerStep
{
    /// <summary>Time goes by.</summary>
    public sealed record Advance(TimeSpan By) : LedgerStep;

    /// <summary>Events arrive.</summary>
    public sealed record Post(Draft[] Drafts) : LedgerStep
    {
        public override string ToString() => $"Post({string.Join(", ", Drafts.Select(draft => draft.ToString()))})";
    }

    /// <summary>Hours are sealed and stored; or the process dies before they are.</summary>
    public sealed record Seal(TimeSpan Delay, bool ByAccount, bool DiesBeforeStored) : LedgerStep;

    /// <summary>AWS answers. Records are named by their number; beyond the last, by a key that is not known.</summary>
    public sealed record Settle(Outcome[] Outcomes) : LedgerStep
    {
        public override string ToString() => $"Settle({string.Join(", ", Outcomes.Select(one => one.ToString()))})";
    }

    /// <summary>A person does something with a record; of which, as with <see cref="Settle"/>.</summary>
    public sealed record Amend(int Record, RecordAct Act, int Dimension, bool ByAccount) : LedgerStep;

    /// <summary>A snapshot is stored.</summary>
    public sealed record Checkpoint : LedgerStep;

    /// <summary>The process dies and the ledger is built again from what is stored.</summary>
    public sealed record Crash(ReplayOrder Order, int Seed) : LedgerStep;

    /// <summary>An event, or its repetition when the id was used before.</summary>
    public readonly record struct Draft(int Id, int Ordinal, long Micros, int Unique, TimeSpan Ago, Variant Variant)
    {
        /// <summary>What the quantity has beyond millionths.</summary>
        public MicroFraction Fraction { get; init; }
    }

    /// <summary>What AWS said of a record.</summary>
    public readonly record struct Outcome(int Record, RecordState State, int Reason);

    /// <summary>Whether a repetition is one.</summary>
    public enum Variant
    {
        /// <summary>With the same content.</summary>
        Same,

        /// <summary>With another quantity.</summary>
        OtherQuantity,

        /// <summary>For another dimension.</summary>
        OtherDimension,
    }

    /// <summary>How the journal is read.</summary>
    public enum ReplayOrder
    {
        /// <summary>Each entry once, in order.</summary>
        InOrder,

        /// <summary>Each entry twice, one behind the other.</summary>
        EachTwice,

        /// <summary>The whole journal twice.</summary>
        AllTwice,

        /// <summary>Counted entries in any order; settlements keep theirs.</summary>
        Shuffled,

        /// <summary>With what the snapshot holds already.</summary>
        FromBeforeTheSnapshot,
    }
}
