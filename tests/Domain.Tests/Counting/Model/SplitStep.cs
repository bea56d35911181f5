namespace Tally.Domain.Tests.Counting.Model;

/// <summary>What an owner of the ledger does.</summary>
internal enum SplitAct
{
    /// <summary>Counts an event and acknowledges it.</summary>
    Post,

    /// <summary>The same, as it is what happens most.</summary>
    PostAgain,

    /// <summary>Counts an event, is paused while it is written and given up; the entry gets there later.</summary>
    PostAndHang,

    /// <summary>An entry that was under way gets there.</summary>
    Land,

    /// <summary>Seals the hours that are over.</summary>
    Seal,

    /// <summary>Hears what became of a record.</summary>
    Settle,

    /// <summary>Writes a snapshot.</summary>
    Checkpoint,

    /// <summary>Dies and starts again from what is stored.</summary>
    Crash,
}

/// <summary>A step of a history.</summary>
/// <param name="Act">What is done.</param>
/// <param name="Side">By which of the two.</param>
/// <param name="Pick">Which event or outcome.</param>
/// <param name="Later">How much later than the step before.</param>
internal sealed record SplitStep(SplitAct Act, int Side, int Pick, TimeSpan Later);
