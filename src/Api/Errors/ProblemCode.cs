namespace Tally.Api.Errors;

/// <summary>A kind of error that a request as a whole can be answered with.</summary>
/// <param name="Code">Its stable name, for programs.</param>
/// <param name="Status">The HTTP status code.</param>
/// <param name="Title">What it means, for people; the same for all of its kind.</param>
internal sealed record ProblemCode(string Code, int Status, string Title)
{
    /// <summary>The body is not JSON.</summary>
    public static ProblemCode MalformedJson { get; } = new("malformed_json", 400, "The body is not valid JSON.");

    /// <summary>The body is not gzip.</summary>
    public static ProblemCode MalformedGzip { get; } = new("malformed_gzip", 400, "The body is not valid gzip.");

    /// <summary>The body is JSON, but says something that can't be.</summary>
    public static ProblemCode InvalidBody { get; } = new("invalid_body", 400, "The body is not valid here.");

    /// <summary>The evidence to reconcile with is not what it is said to be.</summary>
    public static ProblemCode InvalidEvidence { get; } =
        new("invalid_evidence", 400, "The evidence can't be read.");

    /// <summary>The body is no export of a tenant, or not a whole one.</summary>
    public static ProblemCode InvalidExport { get; } =
        new("invalid_export", 400, "The body is not a whole export of a tenant.");

    /// <summary>The path or query says something that can't be.</summary>
    public static ProblemCode InvalidParameter { get; } =
        new("invalid_parameter", 400, "A part of the address is not valid.");

    /// <summary>The server could not read the request.</summary>
    public static ProblemCode BadRequest { get; } = new("bad_request", 400, "The request can't be read.");

    /// <summary>No key, or a wrong one.</summary>
    public static ProblemCode Unauthenticated { get; } =
        new("unauthenticated", 401, "A valid API key is needed.");

    /// <summary>The key may not do this.</summary>
    public static ProblemCode MissingScope { get; } = new("missing_scope", 403, "The API key may not do this.");

    /// <summary>The key may not give what it has not.</summary>
    public static ProblemCode ScopeNotHeld { get; } =
        new("scope_not_held", 403, "An API key can't give a scope that it hasn't itself.");

    /// <summary>AWS says that the buyer may not use the product, or not here.</summary>
    public static ProblemCode NotEntitled { get; } =
        new("not_entitled", 403, "The buyer may not use the product; its usage is not taken.");

    /// <summary>The path leads nowhere.</summary>
    public static ProblemCode UnknownRoute { get; } = new("unknown_route", 404, "There is nothing at this address.");

    /// <summary>The tenant has no such product.</summary>
    public static ProblemCode UnknownProduct { get; } = new("unknown_product", 404, "There is no such product.");

    /// <summary>The product has no such customer.</summary>
    public static ProblemCode UnknownCustomer { get; } = new("unknown_customer", 404, "There is no such customer.");

    /// <summary>The customer has no such record.</summary>
    public static ProblemCode UnknownRecord { get; } = new("unknown_record", 404, "There is no such record.");

    /// <summary>This installation has no ledger.</summary>
    public static ProblemCode NoLedger { get; } = new("no_ledger", 404, "No ledger is kept here.");

    /// <summary>There is no such tenant.</summary>
    public static ProblemCode UnknownTenant { get; } = new("unknown_tenant", 404, "There is no such tenant.");

    /// <summary>The tenant has no such key.</summary>
    public static ProblemCode UnknownKey { get; } = new("unknown_key", 404, "There is no such API key.");

    /// <summary>The path exists, the method doesn't.</summary>
    public static ProblemCode MethodNotAllowed { get; } =
        new("method_not_allowed", 405, "This address does not know the method.");

    /// <summary>The client was too slow.</summary>
    public static ProblemCode RequestTimeout { get; } =
        new("request_timeout", 408, "The request arrived too slowly.");

    /// <summary>The record is in a state in which this can't be done.</summary>
    public static ProblemCode RecordState { get; } =
        new("record_state", 409, "The record's state does not allow this.");

    /// <summary>AWS takes the record no longer.</summary>
    public static ProblemCode RecordTooLate { get; } =
        new("record_too_late", 409, "AWS no longer takes the record; it can only be written off.");

    /// <summary>The corrected record would be a second one of its hour.</summary>
    public static ProblemCode RecordCollision { get; } =
        new("record_collision", 409, "The customer has another record of that dimension and hour.");

    /// <summary>The tenant is not in a standing in which this can be done.</summary>
    public static ProblemCode TenantStanding { get; } =
        new("tenant_standing", 409, "The tenant's standing does not allow this.");

    /// <summary>There is a tenant of that name.</summary>
    public static ProblemCode TenantExists { get; } =
        new("tenant_exists", 409, "There is a tenant of that name.");

    /// <summary>An export of a tenant that can't be at work here.</summary>
    public static ProblemCode ExportMismatch { get; } =
        new("export_mismatch", 409, "The tenant can't be at work here as it is.");

    /// <summary>The body is too large.</summary>
    public static ProblemCode BodyTooLarge { get; } = new("body_too_large", 413, "The body is too large.");

    /// <summary>There are too many events in a request.</summary>
    public static ProblemCode TooManyEvents { get; } =
        new("too_many_events", 413, "There are too many events in one request.");

    /// <summary>The content type is not one that is read here.</summary>
    public static ProblemCode UnsupportedContentType { get; } =
        new("unsupported_content_type", 415, "The content type is not supported.");

    /// <summary>The content encoding is not one that is read here.</summary>
    public static ProblemCode UnsupportedEncoding { get; } =
        new("unsupported_encoding", 415, "The content encoding is not supported.");

    /// <summary>Something is broken in the platform.</summary>
    public static ProblemCode InternalError { get; } =
        new("internal_error", 500, "The platform failed to answer.");

    /// <summary>Too much waits already.</summary>
    public static ProblemCode Overloaded { get; } =
        new("overloaded", 503, "Too many events wait already; nothing of the request was taken.");

    /// <summary>AWS could not be asked yet whether the buyer may use the product.</summary>
    public static ProblemCode EntitlementUnknown { get; } =
        new("entitlement_unknown", 503, "AWS has not said yet whether the buyer may use the product; try again.");

    /// <summary>The tenant is frozen.</summary>
    public static ProblemCode TenantFrozen { get; } =
        new("tenant_frozen", 503, "The tenant is frozen; keep all, and send it again later.");

    /// <summary>The store or the cluster does not answer.</summary>
    public static ProblemCode UsageStoreUnavailable { get; } =
        new("usage_store_unavailable", 503, "The usage store does not answer; send all again, it is harmless.");

    /// <summary>Every kind.</summary>
    public static IReadOnlyList<ProblemCode> All { get; } =
    [
        MalformedJson, MalformedGzip, InvalidBody, InvalidEvidence, InvalidExport, InvalidParameter, BadRequest,
        Unauthenticated, MissingScope, ScopeNotHeld, NotEntitled, UnknownRoute, UnknownProduct, UnknownCustomer,
        UnknownRecord, NoLedger, UnknownTenant, UnknownKey, MethodNotAllowed, RequestTimeout, RecordState,
        RecordTooLate, RecordCollision, TenantStanding, TenantExists, ExportMismatch, BodyTooLarge, TooManyEvents,
        UnsupportedContentType, UnsupportedEncoding, InternalError, Overloaded, EntitlementUnknown, TenantFrozen,
        UsageStoreUnavailable,
    ];
}
