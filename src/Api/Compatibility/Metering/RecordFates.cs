using Tally.Api.Compatibility.Wire;
using Tally.Api.Errors;
using Tally.Contracts.Entitlement;
using Tally.Domain.Counting;

namespace Tally.Api.Compatibility.Metering;

/// <summary>Says what became of a record by the names of AWS's errors.</summary>
internal static class RecordFates
{
    /// <summary>Finds the error that a call is answered with because of a record.</summary>
    /// <param name="fate">What became of the record; it isn't counted, or nobody knows.</param>
    /// <returns>The error.</returns>
    public static AwsError ErrorOf(RecordFate fate) =>
        !fate.HasRoom ? AwsError.Throttled
        : fate.Failure is { } failure ? ErrorOf(failure)
        : fate.Status switch
        {
            CountStatus.UnknownDimension => new(
                "InvalidUsageDimensionException", "The product does not have the dimension any more."),
            CountStatus.FromTheFuture => RecordRules.OutOfBounds("The timestamp is in the future."),
            CountStatus.TooOld => RecordRules.OutOfBounds("The timestamp is too long ago for the product."),
            CountStatus.HourClosed => RecordRules.OutOfBounds("The metering hour of the timestamp is closed."),
            CountStatus.MonthClosed => RecordRules.OutOfBounds("The month of the timestamp is closed."),
            CountStatus.NotSubscribed => NotEntitled("The customer is not subscribed to the product."),
            CountStatus.Conflict => new(
                "DuplicateRequestException", "The same time and dimension were metered with another quantity."),
            _ => throw new InvalidOperationException($"A record that is {fate.Status} is no error."),
        };

    /// <summary>Finds the error that a failure is answered with, without showing it.</summary>
    /// <param name="failure">What was thrown.</param>
    /// <returns>The error.</returns>
    public static AwsError ErrorOf(Exception failure)
    {
        if (failure is NotEntitledException)
        {
            return NotEntitled(failure.Message);
        }

        var problem = Failures.ProblemOf(failure);
        return AwsError.Internal(problem.Detail ?? problem.Kind.Title);
    }

    private static AwsError NotEntitled(string message) => new("CustomerNotEntitledException", message);
}
