using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Tally.Emulator.Admin;
using Tally.Emulator.Rules;
using Tally.Emulator.State;

namespace Tally.Emulator.Exchange;

/// <summary>Finds what is wrong with an export before anything of it is used.</summary>
/// <param name="kinds">The types of the documents, by kind.</param>
/// <param name="period">The length of this emulator's time buckets.</param>
internal sealed class ExportCheck(IReadOnlyDictionary<string, JsonTypeInfo> kinds, TimeSpan period)
{
    private const int MistakesMax = 10;

    /// <summary>The first mistakes, each as a sentence with the place; empty when there is none.</summary>
    public IReadOnlyList<string> Mistakes(ExportDocument document)
    {
        // What a document of another format holds would only be misread.
        var heading = HeadingMistakes(document).ToList();
        if (heading.Count > 0) return heading;
        return [.. ContentMistakes(document).Take(MistakesMax)];
    }

    private IEnumerable<string> HeadingMistakes(ExportDocument document)
    {
        if (!string.Equals(document.Format, ExportDocument.FormatName, StringComparison.Ordinal))
            yield return $"$.format must be '{ExportDocument.FormatName}'.";
        else if (document.Version is not ExportDocument.CurrentVersion)
            yield return $"$.version is {document.Version}; this emulator reads {ExportDocument.CurrentVersion}.";
        else if (document.Period != period)
            yield return $"$.period must be {period:c}, the period of this emulator.";
        if (document.OpenPoints is null) yield return "$.openPoints must be an object.";
        if (document.Documents is null) yield return "$.documents must be an object.";
        if (document.Records is null) yield return "$.records must be a list.";
    }

    private IEnumerable<string> ContentMistakes(ExportDocument document)
    {
        foreach (var mistake in document.OpenPoints!.Mistakes())
            yield return $"$.openPoints: {mistake}";
        foreach (var (kind, documents) in document.Documents!)
        {
            if (!kinds.TryGetValue(kind, out var type))
                yield return $"$.documents['{kind}'] is not a kind of document that this emulator has.";
            else if (documents is null)
                yield return $"$.documents['{kind}'] must be an object.";
            else
                foreach (var mistake in documents.Select(held => MistakeOf(kind, held, type)).OfType<string>())
                    yield return mistake;
        }

        var known = new HashSet<UsageKey>();
        foreach (var (index, record) in document.Records!.Index())
        {
            if (MistakeOf(record) is { } mistake)
                yield return $"$.records[{index}]{mistake}";
            else if (!known.Add(record!.ToStored().Key))
                yield return $"$.records[{index}] has the key of an earlier record.";
        }
    }

    private static string? MistakeOf(string kind, KeyValuePair<string, JsonElement> held, JsonTypeInfo type)
    {
        var place = $"$.documents['{kind}']['{held.Key}']";
        try
        {
            return JsonSerializer.Deserialize(held.Value, type) is null ? $"{place} must be an object." : null;
        }
        catch (JsonException broken)
        {
            return $"{place} is not what is expected. {JsonMistake.Of(broken, type)}";
        }
    }

    private string? MistakeOf(ExportedRecord? exported)
    {
        if (exported?.Record is not { } record) return " must be an object with a record.";
        if (string.IsNullOrEmpty(exported.CustomerKey)) return ".customerKey must be a text.";
        var texts = new (string Name, string? Value)[]
        {
            ("accountId", record.AccountId), ("region", record.Region), ("productCode", record.ProductCode),
            ("dimension", record.Dimension), ("meteringRecordId", record.MeteringRecordId),
        };
        foreach (var (name, value) in texts)
        {
            if (string.IsNullOrEmpty(value)) return $".record.{name} must be a text.";
        }

        if (record.Quantity < 0) return $".record.quantity is {record.Quantity}; it must be 0 or more.";
        // Records that add up are told apart by their tokens alone; their bucket is 0.
        return exported.Bucket == 0 || exported.Bucket == UsageKey.BucketOf(record.Timestamp, period)
            ? null
            : ".bucket is not that of the record's timestamp.";
    }
}
