namespace Tally.Api.Events.CloudEvents;

/// <summary>The parts of a CloudEvent that mean something here, as bits.</summary>
[Flags]
internal enum CloudAttribute : ushort
{
    /// <summary>None; of an event in the platform's own form.</summary>
    None = 0,

    /// <summary>The version of the specification; required.</summary>
    SpecVersion = 1,

    /// <summary>The id, unique within its source; required.</summary>
    Id = 2,

    /// <summary>Who made the event; required.</summary>
    Source = 4,

    /// <summary>The kind of event, which is the meter; required.</summary>
    Type = 8,

    /// <summary>What the event is about, which is the customer; required here.</summary>
    Subject = 16,

    /// <summary>When it happened.</summary>
    Time = 32,

    /// <summary>The media type of the data.</summary>
    DataContentType = 64,

    /// <summary>Which schema the data has.</summary>
    DataSchema = 128,

    /// <summary>The data as it is.</summary>
    Data = 256,

    /// <summary>The data in Base64.</summary>
    DataBase64 = 512,

    /// <summary>The data is no JSON, so nothing can be read from it.</summary>
    IsOpaque = 1_024,

    /// <summary>It is a CloudEvent.</summary>
    IsCloudEvent = 2_048,

    /// <summary>Those that must be there.</summary>
    Required = SpecVersion | Id | Source | Type | Subject,
}

/// <summary>How attributes are named.</summary>
internal static class CloudAttributes
{
    /// <summary>Finds an attribute, or the data.</summary>
    /// <param name="name">Its name in UTF-8.</param>
    /// <returns>Which it is; none for an extension.</returns>
    public static CloudAttribute Of(ReadOnlySpan<byte> name) => name.Length switch
    {
        2 when name.SequenceEqual("id"u8) => CloudAttribute.Id,
        4 when name.SequenceEqual("type"u8) => CloudAttribute.Type,
        4 when name.SequenceEqual("time"u8) => CloudAttribute.Time,
        4 when name.SequenceEqual("data"u8) => CloudAttribute.Data,
        6 when name.SequenceEqual("source"u8) => CloudAttribute.Source,
        7 when name.SequenceEqual("subject"u8) => CloudAttribute.Subject,
        10 when name.SequenceEqual("dataschema"u8) => CloudAttribute.DataSchema,
        11 when name.SequenceEqual("specversion"u8) => CloudAttribute.SpecVersion,
        11 when name.SequenceEqual("data_base64"u8) => CloudAttribute.DataBase64,
        15 when name.SequenceEqual("datacontenttype"u8) => CloudAttribute.DataContentType,
        _ => CloudAttribute.None,
    };

    /// <summary>The first attribute that is missing.</summary>
    /// <param name="present">Those that are there.</param>
    /// <returns>Its name.</returns>
    public static string Missing(CloudAttribute present) =>
        (CloudAttribute.Required & ~present) switch
        {
            var missing when missing.HasFlag(CloudAttribute.SpecVersion) => "specversion",
            var missing when missing.HasFlag(CloudAttribute.Id) => "id",
            var missing when missing.HasFlag(CloudAttribute.Source) => "source",
            var missing when missing.HasFlag(CloudAttribute.Type) => "type",
            _ => "subject",
        };
}
