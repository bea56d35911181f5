using System.Text;
using Tally.Api.Events.CloudEvents;
using Tally.Api.Products;
using Tally.Domain.Catalogue;
using Tally.Domain.Counting;

namespace Tally.Api.Events;

/// <summary>How event codes are spelled, and what is said with them.</summary>
internal static class EventCodes
{
    private const int QuotedMax = 64;

    /// <summary>The stable name of a code.</summary>
    /// <param name="code">The code.</param>
    /// <returns>For example <c>unknown_dimension</c>.</returns>
    public static string NameOf(EventCode code) => code switch
    {
        EventCode.NotAnObject => "not_an_object",
        EventCode.UnknownField => "unknown_field",
        EventCode.DuplicateField => "duplicate_field",
        EventCode.MissingField => "missing_field",
        EventCode.MissingAttribute => "missing_attribute",
        EventCode.InvalidSpecVersion => "invalid_specversion",
        EventCode.InvalidSource => "invalid_source",
        EventCode.InvalidId => "invalid_id",
        EventCode.InvalidCustomer => "invalid_customer",
        EventCode.InvalidSubject => "invalid_subject",
        EventCode.InvalidType => "invalid_type",
        EventCode.InvalidDataContentType => "invalid_datacontenttype",
        EventCode.InvalidDataSchema => "invalid_dataschema",
        EventCode.ConflictingData => "conflicting_data",
        EventCode.InvalidData => "invalid_data",
        EventCode.InvalidTags => "invalid_tags",
        EventCode.MissingProduct => "missing_product",
        EventCode.UnknownProduct => "unknown_product",
        EventCode.OtherCustomer => "other_customer",
        EventCode.UnknownDimension => "unknown_dimension",
        EventCode.MissingUniqueTag => "missing_unique_tag",
        EventCode.UnsupportedData => "unsupported_data",
        EventCode.MissingValue => "missing_value",
        EventCode.InvalidQuantity => "invalid_quantity",
        EventCode.NegativeQuantity => "negative_quantity",
        EventCode.QuantityTooLarge => "quantity_too_large",
        EventCode.QuantityTooPrecise => "quantity_too_precise",
        EventCode.InvalidTime => "invalid_time",
        EventCode.ConflictingEvent => "conflicting_event",
        EventCode.FromTheFuture => "from_the_future",
        EventCode.TooOld => "too_old",
        EventCode.HourClosed => "hour_closed",
        EventCode.MonthClosed => "month_closed",
        EventCode.NotSubscribed => "not_subscribed",
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "Not the code of an error."),
    };

    /// <summary>What a ledger's status means to the sender.</summary>
    /// <param name="status">What became of the event.</param>
    /// <returns>The code; <see cref="EventCode.None"/> when there is nothing to mend.</returns>
    public static EventCode Of(CountStatus status) => status switch
    {
        CountStatus.Counted or CountStatus.Duplicate => EventCode.None,
        CountStatus.UnknownDimension => EventCode.UnknownDimension,
        CountStatus.Conflict => EventCode.ConflictingEvent,
        CountStatus.FromTheFuture => EventCode.FromTheFuture,
        CountStatus.TooOld => EventCode.TooOld,
        CountStatus.HourClosed => EventCode.HourClosed,
        CountStatus.MonthClosed => EventCode.MonthClosed,
        CountStatus.NotSubscribed => EventCode.NotSubscribed,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "Unknown status."),
    };

    /// <summary>Says what is wrong with an event.</summary>
    /// <param name="parsed">The event.</param>
    /// <param name="body">The body that it lies in.</param>
    /// <param name="product">Its product, where that was found.</param>
    /// <returns>One sentence for a person.</returns>
    public static string MessageOf(in ParsedEvent parsed, byte[] body, CachedProduct? product) => parsed.Code switch
    {
        EventCode.NotAnObject => "An event is a JSON object.",
        EventCode.UnknownField => $"An event has no field '{Quote(parsed.Detail, body)}'.",
        EventCode.DuplicateField => $"The field '{Quote(parsed.Detail, body)}' is there twice.",
        EventCode.MissingField => $"The field '{Missing(parsed.Fields)}' is missing.",
        EventCode.MissingAttribute => $"The attribute '{CloudAttributes.Missing(parsed.Attributes)}' is missing.",
        EventCode.InvalidSpecVersion => "The specversion is '1.0'.",
        EventCode.InvalidSource => "The source is a URI-reference of at least one character, as RFC 3986 has it.",
        EventCode.InvalidId when parsed.Attributes != CloudAttribute.None =>
            "The id is a string of at least one character, none of them a control character.",
        EventCode.InvalidId => "The id is a string of 1 to 255 characters.",
        EventCode.InvalidCustomer => "The customer is a string of 1 to 255 characters.",
        EventCode.InvalidSubject =>
            "The subject, which is the customer, is a string of 1 to 255 characters, none of them a control character.",
        EventCode.InvalidType => "The type is a string of 1 to 255 characters, none of them a control character.",
        EventCode.InvalidDataContentType =>
            "The datacontenttype is a media type; where attributes are headers, it is the Content-Type.",
        EventCode.InvalidDataSchema => "The dataschema is a URI.",
        EventCode.ConflictingData => "An event has either 'data' or 'data_base64'.",
        EventCode.InvalidData => "The data is not the Base64 or not the JSON that it is said to be.",
        EventCode.InvalidTags =>
            "The tags are an object of at most 20 strings, with keys of 1 to 100 and values of at most 256 "
            + "characters, none of them the zero character.",
        EventCode.MissingProduct =>
            "The product is missing: neither the data has a 'product', nor has the address one behind '?product='.",
        EventCode.UnknownProduct => parsed.Product.Length == 0
            ? "The product is a string of 1 to 255 characters that names a product."
            : $"There is no product '{Quote(parsed.Product, body)}'.",
        EventCode.OtherCustomer =>
            $"The product is metered in its buyer's account and has one customer, '{ProductDefinition.OwnCustomer}'.",
        EventCode.UnknownDimension => parsed.Dimension.Length == 0
            ? "The dimension is a string of 1 to 255 characters that names a dimension of the product."
            : $"The product has no dimension '{Quote(parsed.Dimension, body)}'.",
        EventCode.MissingUniqueTag =>
            $"The dimension counts values of the tag '{TagOf(parsed, product)}', which the event does not have.",
        EventCode.UnsupportedData => "The dimension needs a quantity, and the data is not said to be JSON.",
        EventCode.MissingValue when product?[parsed.Place].Meter?.Value is { } path =>
            $"The dimension needs a quantity, and the data has none at '{path}'.",
        EventCode.MissingValue => "The dimension needs a quantity, and the data has neither 'quantity' nor 'value'.",
        EventCode.InvalidQuantity => "The quantity is a JSON number.",
        EventCode.NegativeQuantity => "The quantity is not below zero.",
        EventCode.QuantityTooLarge =>
            "The quantity is at most 9000000000000, and so is what a meter makes of it in its dimension's unit.",
        EventCode.QuantityTooPrecise => "The quantity has at most six decimals.",
        EventCode.InvalidTime => "The time is an RFC 3339 date and time with Z or an offset.",
        EventCode.ConflictingEvent => "The id is known with other content, which was counted and stays.",
        EventCode.FromTheFuture => "The time is further ahead than the product tolerates.",
        EventCode.TooOld => "The time is longer ago than the product accepts.",
        EventCode.HourClosed => "The metering hour is closed, and the product refuses late usage.",
        EventCode.MonthClosed =>
            "The usage is of a month whose last hour is closed, and the product refuses to count it in another.",
        EventCode.NotSubscribed => "The customer's subscription ends or has ended, and its last hour is sealed.",
        _ => throw new ArgumentOutOfRangeException(nameof(parsed), parsed.Code, "Not the code of an error."),
    };

    private static string Missing(EventField fields)
    {
        var missing = EventField.Required & ~fields;
        return missing.HasFlag(EventField.Id) ? "id"
            : missing.HasFlag(EventField.Product) ? "product"
            : missing.HasFlag(EventField.Customer) ? "customer"
            : missing.HasFlag(EventField.Dimension) ? "dimension"
            : "quantity";
    }

    private static string? TagOf(in ParsedEvent parsed, CachedProduct? product) =>
        product?[parsed.Place].Definition.UniqueTag;

    private static string Quote(TextRange text, byte[] body)
    {
        var quoted = Encoding.UTF8.GetString(text.In(body));
        return quoted.Length <= QuotedMax ? quoted : string.Concat(quoted.AsSpan(0, QuotedMax), "…");
    }
}
