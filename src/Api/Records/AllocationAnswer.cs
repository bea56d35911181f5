using Tally.Domain.Allocations;

namespace Tally.Api.Records;

/// <summary>The part of a record's quantity that usage with the same tags made up.</summary>
/// <param name="Tags">
/// The tags by which the product allocates, as far as the usage had them; empty for the rest.
/// </param>
/// <param name="Quantity">How many whole units.</param>
internal sealed record AllocationAnswer(IReadOnlyDictionary<string, string> Tags, int Quantity)
{
    /// <summary>Shows how a record's quantity divides.</summary>
    /// <param name="allocations">The parts.</param>
    /// <returns>The answers; null where it doesn't divide.</returns>
    public static IReadOnlyList<AllocationAnswer>? Of(RecordAllocations? allocations) => allocations is null
        ? null
        : [.. allocations.Parts.Select(part => new AllocationAnswer(
            part.Tags.Tags().ToDictionary(tag => tag.Key, tag => tag.Value), part.Quantity))];
}
