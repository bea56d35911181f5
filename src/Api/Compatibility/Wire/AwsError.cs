using Microsoft.AspNetCore.Http;

namespace Tally.Api.Compatibility.Wire;

/// <summary>Why a call is refused as a whole, under the name that AWS's clients know.</summary>
/// <param name="Code">The name of the shape in AWS's service model, or of AWS's framework.</param>
/// <param name="Message">What is wrong, for a person.</param>
internal sealed record AwsError(string Code, string Message)
{
    private const string InternalCode = "InternalServiceErrorException";

    /// <summary>500 for the one error that is the service's own fault, 400 for all others, throttling too.</summary>
    public int Status => Code == InternalCode
        ? StatusCodes.Status500InternalServerError
        : StatusCodes.Status400BadRequest;

    /// <summary>Too much is waiting already.</summary>
    public static AwsError Throttled { get; } =
        new("ThrottlingException", "Too much is waiting at present; send it again later.");

    /// <summary>Something failed here.</summary>
    /// <param name="message">What is to be done.</param>
    /// <returns>The error.</returns>
    public static AwsError Internal(string message) => new(InternalCode, message);

    /// <summary>A member breaks a constraint of the service model.</summary>
    /// <param name="path">Which member, as AWS spells it.</param>
    /// <param name="constraint">What it must be.</param>
    /// <returns>The error.</returns>
    public static AwsError Validation(string path, string constraint) => new(
        "ValidationException",
        $"1 validation error detected: Value at '{path}' failed to satisfy constraint: Member must {constraint}");
}
