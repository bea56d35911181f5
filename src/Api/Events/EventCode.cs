namespace Tally.Api.Events;

/// <summary>
/// Why an event is not counted. The order is the order of precedence: an event that fails several checks gets the
/// first. Every one of them is for the sender to mend; sending the same again does not help.
/// </summary>
internal enum EventCode : byte
{
    /// <summary>Nothing is wrong.</summary>
    None = 0,

    /// <summary>The value is no JSON object.</summary>
    NotAnObject,

    /// <summary>It has a member that events don't have.</summary>
    UnknownField,

    /// <summary>It has a member twice.</summary>
    DuplicateField,

    /// <summary>A member is not there that has to be.</summary>
    MissingField,

    /// <summary>A CloudEvent lacks an attribute that it has to have.</summary>
    MissingAttribute,

    /// <summary>A CloudEvent is of another version than 1.0.</summary>
    InvalidSpecVersion,

    /// <summary>A CloudEvent's source is no URI-reference.</summary>
    InvalidSource,

    /// <summary>The id is no string of 1 to 255 characters.</summary>
    InvalidId,

    /// <summary>The customer is no string of 1 to 255 characters.</summary>
    InvalidCustomer,

    /// <summary>A CloudEvent's subject, which is the customer, is no string of 1 to 255 characters.</summary>
    InvalidSubject,

    /// <summary>A CloudEvent's type is no string of 1 to 255 characters.</summary>
    InvalidType,

    /// <summary>What a CloudEvent says of its data's type is no media type.</summary>
    InvalidDataContentType,

    /// <summary>What a CloudEvent says of its data's schema is no URI.</summary>
    InvalidDataSchema,

    /// <summary>A CloudEvent has data twice, as it is and in Base64.</summary>
    ConflictingData,

    /// <summary>A CloudEvent's data is no Base64, or not the JSON that it is said to be.</summary>
    InvalidData,

    /// <summary>The tags are no object of strings within the limits.</summary>
    InvalidTags,

    /// <summary>Neither a CloudEvent's data nor the address names a product.</summary>
    MissingProduct,

    /// <summary>The tenant has no such product.</summary>
    UnknownProduct,

    /// <summary>The product is delivered by MeterUsage, which knows no customer but the buyer itself.</summary>
    OtherCustomer,

    /// <summary>The product has no such dimension, or it is retired.</summary>
    UnknownDimension,

    /// <summary>The dimension counts values of a tag that the event does not have.</summary>
    MissingUniqueTag,

    /// <summary>A CloudEvent's data is no JSON, so that no quantity can be found in it.</summary>
    UnsupportedData,

    /// <summary>A CloudEvent's data has no quantity, and its dimension needs one.</summary>
    MissingValue,

    /// <summary>The quantity is no JSON number.</summary>
    InvalidQuantity,

    /// <summary>The quantity is below zero.</summary>
    NegativeQuantity,

    /// <summary>The quantity is above nine million millions.</summary>
    QuantityTooLarge,

    /// <summary>The quantity has more than six decimals.</summary>
    QuantityTooPrecise,

    /// <summary>The time is no RFC 3339 time with an offset.</summary>
    InvalidTime,

    /// <summary>The id is known with other content.</summary>
    ConflictingEvent,

    /// <summary>The time is further ahead than the product tolerates.</summary>
    FromTheFuture,

    /// <summary>The time is longer ago than the product accepts.</summary>
    TooOld,

    /// <summary>The metering hour is closed, and the product refuses late usage.</summary>
    HourClosed,

    /// <summary>It is of a month whose last hour is closed, and the product refuses such usage.</summary>
    MonthClosed,

    /// <summary>The customer's subscription ends or has ended. Checked before the times are.</summary>
    NotSubscribed,
}
