namespace Tally.Contracts.Registration;

/// <summary>Why AWS doesn't answer what it was asked.</summary>
/// <param name="Code">The error's name in AWS's service model, such as <c>ExpiredTokenException</c>.</param>
/// <param name="Message">What AWS said, for a person; nothing that is secret.</param>
[GenerateSerializer, Immutable, Alias("Tally.RegistrationError")]
public sealed record RegistrationError([property: Id(0)] string Code, [property: Id(1)] string Message);
