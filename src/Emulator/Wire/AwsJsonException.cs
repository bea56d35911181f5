namespace Tally.Emulator.Wire;

/// <summary>A body that is not the JSON of the shape that the operation takes.</summary>
internal sealed class AwsJsonException(string message) : Exception(message);
