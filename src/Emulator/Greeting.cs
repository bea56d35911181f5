namespace Tally.Emulator;

/// <summary>What the program says when it has started.</summary>
internal static class Greeting
{
    public static IEnumerable<string> Of(EmulatorOptions options, Uri endpoint)
    {
        var state = options.DataDirectory is { } folder ? $"in {Path.Combine(folder, "emulator.db")}" : "in memory";
        yield return $"AWS Marketplace metering emulator on {endpoint}, rules {options.Rules.Name}, state {state}";
        if (options.RequireSignature)
        {
            var keys = string.Join(", ", options.AccessKeys.Select(key => key.AccessKeyId));
            yield return $"Calls must be signed by one of the access keys {keys}.";
        }

        if (options.Period < TimeSpan.FromHours(1))
        {
            yield return $"Records are deduplicated by periods of {options.Period}, not by the hour as AWS does.";
        }
    }
}
