using Microsoft.Extensions.Logging;
using Tally.Api.Customers;
using Tally.Api.Errors;
using Tally.Api.Hosting;
using Tally.Api.Products;
using Tally.Contracts.Customers;
using Tally.Contracts.Tenants;
using Tally.Domain.Catalogue;
using Tally.Domain.Sealing;

namespace Tally.Api.Records;

/// <summary>Records that AWS didn't take: release, correct or write them off.</summary>
/// <param name="grains">Where customers are.</param>
/// <param name="products">Which products there are.</param>
/// <param name="bodies">How bodies are read.</param>
/// <param name="logger">The log.</param>
internal sealed partial class RecordOperations(
    IGrainFactory grains,
    ProductCache products,
    JsonBody bodies,
    ILogger<RecordOperations> logger)
{
    /// <summary>Sends a record again as it is.</summary>
    /// <param name="call">The request.</param>
    /// <returns>Why not; null when it is done.</returns>
    public Task<Problem?> Release(ApiCall call) => AmendWithReason(call, RecordAct.Release);

    /// <summary>Gives a record up.</summary>
    /// <param name="call">The request.</param>
    /// <returns>Why not; null when it is done.</returns>
    public Task<Problem?> WriteOff(ApiCall call) => AmendWithReason(call, RecordAct.WriteOff);

    /// <summary>Sends a record again under another dimension or for another buyer.</summary>
    /// <param name="call">The request.</param>
    /// <returns>Why not; null when it is done.</returns>
    public async Task<Problem?> Correct(ApiCall call)
    {
        var (request, unread) = await bodies.Read(call, ApiJsonContext.Default.CorrectionRequest);
        if (request is null)
        {
            return unread;
        }

        var errors = new List<FieldError>();
        CheckReason(request.Reason, errors);
        var buyer = new CustomerRequest(
            null, request.CustomerIdentifier, request.CustomerAwsAccountId, request.LicenseArn);
        var identity = CustomerRules.Read(call["customer"], buyer, errors);
        var hasBuyer = buyer != new CustomerRequest();
        if (!hasBuyer && request.Dimension is null)
        {
            errors.Add(new("dimension", "required", "A correction names a dimension or a buyer, or both."));
        }

        return errors.Count > 0
            ? Unchanged(errors)
            : await Amend(
                call, RecordAct.Correct, request.Reason!, new(request.Dimension, hasBuyer ? identity : null));
    }

    private static void CheckReason(string? reason, List<FieldError> errors)
    {
        if (reason is null || !Names.IsName(reason))
        {
            errors.Add(new("reason", "required", "A reason has 1 to 255 characters."));
        }
    }

    private static Problem Unchanged(IReadOnlyList<FieldError> errors) =>
        new(ProblemCode.InvalidBody, "The record is not changed.") { Errors = errors };

    private static Problem ProblemOf(AmendReply reply) => reply.Status switch
    {
        AmendStatus.UnknownRecord => new(ProblemCode.UnknownRecord),
        AmendStatus.WrongState => new(
            ProblemCode.RecordState,
            $"The record is {RecordWords.NameOf(reply.Record?.State ?? RecordState.Waiting)}."),
        AmendStatus.TooLate => new(ProblemCode.RecordTooLate),
        AmendStatus.UnknownDimension => Unchanged(
            [new("dimension", "unknown_dimension", "The product has no such dimension.")]),
        AmendStatus.Collision => new(ProblemCode.RecordCollision),
        _ => throw new ArgumentOutOfRangeException(nameof(reply), reply.Status, "Unknown status."),
    };

    private async Task<Problem?> AmendWithReason(ApiCall call, RecordAct act)
    {
        var (request, unread) = await bodies.Read(call, ApiJsonContext.Default.ReasonRequest);
        if (request is null)
        {
            return unread;
        }

        var errors = new List<FieldError>();
        CheckReason(request.Reason, errors);
        return errors.Count > 0 ? Unchanged(errors) : await Amend(call, act, request.Reason!, null);
    }

    private async Task<Problem?> Amend(ApiCall call, RecordAct act, string reason, RecordCorrection? correction)
    {
        if (await products.Find(call.Tenant, call["product"]) is not { } product)
        {
            return new(ProblemCode.UnknownProduct);
        }

        if (!Names.IsName(call["customer"]))
        {
            return new(ProblemCode.InvalidParameter, "A customer has 1 to 255 characters.");
        }

        if (RecordWords.HourOf(call["hour"]) is not { } hour)
        {
            return new(ProblemCode.InvalidParameter, "The hour is its start, such as 2026-11-22T10:00:00Z.");
        }

        if (product.Definition.Dimensions.FirstOrDefault(one => one.Name == call["dimension"]) is not { } dimension)
        {
            return new(ProblemCode.UnknownRecord);
        }

        var key = await KeyName(call.Caller);
        var grain = grains.GetGrain<ICustomerGrain>(new CustomerKey(product.Key, call["customer"]).ToString());
        var reply = await grain.Amend(new(new(dimension.Ordinal, hour), act, key, reason, correction));
        Log.Amended(
            logger,
            act,
            dimension.Name,
            call["hour"],
            call["customer"],
            product.Text,
            key,
            call.Caller.KeyId,
            reply.Status);
        if (reply is not { Status: AmendStatus.Done, Record: { } record })
        {
            return ProblemOf(reply);
        }

        await call.Answer(
            HeldRecordAnswer.Of(call["customer"], dimension.Name, record, acceptance: null),
            ApiJsonContext.Default.HeldRecordAnswer);
        return null;
    }

    /// <summary>Requests know a key by its id; its name, which people know, is asked for here only.</summary>
    private async Task<string> KeyName(ApiKeyIdentity caller)
    {
        var keys = await grains.GetGrain<ITenantGrain>(caller.Tenant).ListKeys();
        return keys.FirstOrDefault(key => key.KeyId == caller.KeyId)?.Name ?? caller.KeyId;
    }
}
