namespace Tally.Api.Compatibility.Wire;

/// <summary>One operation of AWS's metering service that the platform answers itself.</summary>
/// <param name="Name">Its name in AWS's service model.</param>
/// <param name="Scope">Which scope the access key needs.</param>
/// <param name="Run">Does it.</param>
internal sealed record AwsOperation(string Name, string Scope, Func<AwsCall, Task<AwsAnswer>> Run);
