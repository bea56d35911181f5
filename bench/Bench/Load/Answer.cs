using System.Text.Json;

namespace Tally.Bench.Load;

/// <summary>What a server says of a request's events; all contenders answer in the same form.</summary>
/// <param name="Accepted">Events that are new, and stored.</param>
/// <param name="Duplicates">Events that were known.</param>
/// <param name="Rejected">Events that were refused.</param>
internal readonly record struct Answer(int Accepted, int Duplicates, int Rejected)
{
    /// <summary>Reads the JSON of an answer.</summary>
    public static Answer Read(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return new Answer(
            root.GetProperty("accepted").GetInt32(),
            root.GetProperty("duplicates").GetInt32(),
            root.GetProperty("rejected").GetArrayLength());
    }
}
