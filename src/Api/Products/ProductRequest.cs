namespace Tally.Api.Products;

/// <summary>A product as its owner writes it.</summary>
/// <param name="Name">A name for people, at most 255 characters; the product code when left out.</param>
/// <param name="Dimensions">Its dimensions by name; at least one. Those that are no longer named are retired.</param>
/// <param name="Late">Which times usage may have.</param>
/// <param name="Channel">
/// How usage is delivered: <c>batch_meter_usage</c> (the default) for SaaS products, or <c>meter_usage</c> for
/// containers and AMIs in the buyer's account, whose one customer is <c>self</c>. Fixed once the product exists; it
/// stays when left out.
/// </param>
/// <param name="FlushShards">
/// Over how many actors its sealing and delivery are spread, 1 (the default) to 256; one for every 20,000 customers is
/// about right. Can be changed at any time.
/// </param>
/// <param name="Guard">When a record is held as far beyond the usual; never when left out.</param>
/// <param name="ShadowUntil">
/// Hours that start before this are computed, and not sent; the start of an hour. All are sent when left out.
/// </param>
/// <param name="AllocationTags">
/// By which tags of events the quantities of its records are allocated, at most five; not at all when left out.
/// Each has 1 to 100 letters, digits, spaces and <c>+-=._:/@</c>.
/// </param>
/// <param name="Meters">
/// The names, in applications' own units, that events may have in place of a dimension's, at most 1,000.
/// </param>
internal sealed record ProductRequest(
    string? Name = null,
    IReadOnlyDictionary<string, DimensionRequest>? Dimensions = null,
    LateRequest? Late = null,
    string? Channel = null,
    int? FlushShards = null,
    GuardRequest? Guard = null,
    DateTimeOffset? ShadowUntil = null,
    IReadOnlyList<string>? AllocationTags = null,
    IReadOnlyDictionary<string, MeterRequest>? Meters = null);

/// <summary>A meter as its product's owner writes it.</summary>
/// <param name="Dimension">The dimension that its events count for.</param>
/// <param name="Multiply">By what a quantity is multiplied; a whole number of at least 1, 1 when left out.</param>
/// <param name="Divide">
/// By what it is divided then; a whole number of at least 1, 1 when left out. What a millionth can't hold is carried.
/// </param>
/// <param name="Value">
/// Where a CloudEvent's data has the quantity: names of members with dots between them, at most eight; <c>quantity</c>
/// or <c>value</c>, or the data itself, when left out.
/// </param>
internal sealed record MeterRequest(string Dimension, long Multiply = 1, long Divide = 1, string? Value = null);

/// <summary>When a record is held as far beyond the usual, as its product's owner writes it.</summary>
/// <param name="Factor">
/// How many times the largest of the customer's last 24 records of the dimension is too much; 2 to 1,000,000.
/// </param>
/// <param name="QuantityMin">Records below this are never held; at least 1, 1 when left out.</param>
internal sealed record GuardRequest(int Factor, int QuantityMin = 1);

/// <summary>A dimension as its product's owner writes it.</summary>
/// <param name="Aggregation">
/// How the events of an hour become one quantity: <c>sum</c> (the default), <c>count</c>, <c>max</c>,
/// <c>unique_count</c> or <c>last</c>. Fixed once the dimension exists.
/// </param>
/// <param name="Rounding">
/// How an hour's total becomes a whole number: <c>floor</c> (the default; the fraction is carried), <c>ceil</c> or
/// <c>nearest</c>.
/// </param>
/// <param name="UniqueTag">For <c>unique_count</c> the tag whose values are counted.</param>
/// <param name="SendZero">
/// Whether an hour without usage is sent as a record of zero, once it can't get usage any more; <c>false</c> when left
/// out. It begins with the hour in which the customer is next active.
/// </param>
internal sealed record DimensionRequest(
    string? Aggregation = null,
    string? Rounding = null,
    string? UniqueTag = null,
    bool SendZero = false);

/// <summary>Which times usage may have, as the product's owner writes it.</summary>
/// <param name="Mode">
/// What happens to usage whose hour is closed: <c>carry_forward</c> (the default) or <c>refuse</c>.
/// </param>
/// <param name="EventAgeMax">
/// How old an event may be when it arrives, as <c>hours:minutes:seconds</c>; one minute to 35 days, 72 hours when left
/// out.
/// </param>
/// <param name="FutureTolerance">
/// How far ahead of the platform's clock an event may be, as <c>hours:minutes:seconds</c>; at most one hour, 5 minutes
/// when left out.
/// </param>
/// <param name="PreviousMonth">
/// What happens to usage of a previous month (UTC) that can't be counted in an hour of that month any more:
/// <c>carry_forward</c> or <c>refuse</c>; as <c>mode</c> says when left out.
/// </param>
internal sealed record LateRequest(
    string? Mode = null,
    string? EventAgeMax = null,
    string? FutureTolerance = null,
    string? PreviousMonth = null);
