using System.IO.Pipelines;
using System.Text.Json;
using Tally.Emulator.Admin;
using Tally.Emulator.Clock;
using Tally.Emulator.Notifications;
using Tally.Emulator.Rules;
using Tally.Emulator.State;
using Tally.Emulator.Subscriptions;

namespace Tally.Emulator.Exchange;

/// <summary>Writes everything that is remembered as one JSON document, and takes over such a document.</summary>
internal sealed class StateExchange(
    IEmulatorState state,
    RuleBook book,
    EmulatorClock clock,
    NoticeQueue notices,
    HttpDeliverer deliverer)
{
    private const int BufferBytes = 64 * 1024;

    /// <summary>Writes a buffer at a time; what comes meanwhile may be missing.</summary>
    public async Task ExportAsync(PipeWriter destination, CancellationToken cancellationToken)
    {
        await using var json = new Utf8JsonWriter(destination, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("format", ExportDocument.FormatName);
        json.WriteNumber("version", ExportDocument.CurrentVersion);
        json.WriteString("period", book.Period.ToString("c"));
        if (clock.Setting is { } setting)
        {
            json.WritePropertyName("clock");
            JsonSerializer.Serialize(json, setting, ExportJson.Default.ClockSetting);
        }

        json.WritePropertyName("openPoints");
        JsonSerializer.Serialize(json, book.OpenPoints, ExportJson.Default.OpenPoints);
        WriteDocuments(json);
        json.WriteStartArray("records");
        await foreach (var usage in state.ListAsync(new RecordFilter(), cancellationToken))
        {
            JsonSerializer.Serialize(json, ExportedRecord.Of(usage), ExportJson.Default.ExportedRecord);
            if (destination.UnflushedBytes < BufferBytes) continue;
            _ = await destination.FlushAsync(cancellationToken);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(cancellationToken);
        _ = await destination.FlushAsync(cancellationToken);
    }

    /// <summary>Replaces everything by the document, or nothing.</summary>
    /// <returns>What is wrong with the document, in which case nothing was changed; otherwise empty.</returns>
    public async Task<IReadOnlyList<string>> ImportAsync(Stream source, CancellationToken cancellationToken)
    {
        ExportDocument? document;
        try
        {
            document = await JsonSerializer.DeserializeAsync(
                source, ExportJson.Default.ExportDocument, cancellationToken);
        }
        catch (JsonException broken)
        {
            return [$"The document is not an export. {JsonMistake.Of(broken, ExportJson.Default.ExportDocument)}"];
        }

        if (document is null) return ["The document is null, not an object."];
        var mistakes = new ExportCheck(state.Documents.Kinds, book.Period).Mistakes(document);
        if (mistakes.Count > 0) return mistakes;
        await ReplaceAsync(document);
        return [];
    }

    private async Task ReplaceAsync(ExportDocument document)
    {
        var changes = document.Documents!
            .SelectMany(kind => kind.Value.Select(
                held => new DocumentChange(kind.Key, held.Key, held.Value.GetRawText())))
            .Concat(clock.ChangesOf(document.Clock));
        await state.ReplaceAsync([.. changes], [.. document.Records!.Select(record => record!.ToStored())]);
        book.OpenPoints = document.OpenPoints!;
        notices.AddAllPending();
        deliverer.AddAllPending();
    }

    private void WriteDocuments(Utf8JsonWriter json)
    {
        json.WriteStartObject("documents");
        var kinds = state.Documents.ListAll()
            .Where(document => document.Kind is not EmulatorClock.Kind)
            .GroupBy(document => document.Kind, StringComparer.Ordinal)
            .OrderBy(kind => kind.Key, StringComparer.Ordinal);
        foreach (var kind in kinds)
        {
            json.WriteStartObject(kind.Key);
            foreach (var document in kind.OrderBy(document => document.Key, StringComparer.Ordinal))
            {
                json.WritePropertyName(document.Key);
                json.WriteRawValue(document.Json!);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
