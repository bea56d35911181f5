using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Features;
using Tally.Emulator.Faults;
using Tally.Emulator.State;
using Tally.Emulator.Wire;

namespace Tally.Emulator.Admin;

/// <summary>What only an emulator has, below <c>/_emulator</c>: to set it up and to look into it.</summary>
internal sealed class AdminEndpoints(
    IEmulatorState state,
    EmulatorOptions options,
    FaultInjector injector,
    CallLog calls,
    TimeProvider time)
{
    /// <summary>As long as AWS's own tokens are said to live.</summary>
    public static readonly TimeSpan TokenLifetime = TimeSpan.FromHours(4);

    private const long BodyBytesMax = 64L * 1024 * 1024;

    public void Map(IEndpointRouteBuilder routes)
    {
        var admin = routes.MapGroup("/_emulator");
        _ = admin.MapGet("/health", () => TypedResults.Text("ok"));
        _ = admin.MapPut("/products/{**code}", DeclareProductAsync);
        _ = admin.MapGet("/records", ListRecordsAsync);
        _ = admin.MapGet("/calls", () => TypedResults.Json(calls.List(), AdminJson.Default.IReadOnlyListRecordedCall));
        _ = admin.MapPost("/tokens", (Delegate)IssueTokenAsync);
        _ = admin.MapPost("/reset", (Delegate)ResetAsync);
        _ = admin.MapGet("/faults", () => TypedResults.Json(injector.Plan, AdminJson.Default.FaultPlan));
        _ = admin.MapPut("/faults", (Delegate)SetFaultsAsync);
    }

    /// <summary>Back to how the emulator was when it first started.</summary>
    public async Task ClearAsync()
    {
        await state.ResetAsync();
        injector.Plan = new FaultPlan();
        calls.Clear();
        foreach (var (code, declaration) in options.Products)
            await state.DeclareAsync(code, declaration);
    }

    private async Task<IResult> DeclareProductAsync(HttpContext http, string code)
    {
        var (problem, declaration) = await ReadAsync(http, AdminJson.Default.ProductDeclaration);
        if (problem is not null) return problem;
        if (declaration!.Mistakes(code).ToList() is { Count: > 0 } mistakes) return Mistaken(mistakes);
        await state.DeclareAsync(code, declaration);
        return TypedResults.NoContent();
    }

    private Task ListRecordsAsync(HttpContext http, string? product, string? customer) =>
        RecordStream.WriteAsync(
            http.Response,
            state.ListAsync(new RecordFilter(product, customer), http.RequestAborted),
            http.RequestAborted);

    private async Task<IResult> IssueTokenAsync(HttpContext http)
    {
        var (problem, request) = await ReadAsync(http, AdminJson.Default.TokenRequest);
        if (problem is not null) return problem;
        if (string.IsNullOrEmpty(request!.ProductCode) || !state.Catalogue.Products.ContainsKey(request.ProductCode))
            return Mistaken([$"productCode '{request.ProductCode}' is not a declared product."]);
        if (string.IsNullOrEmpty(request.CustomerIdentifier) && !options.Rules.HasAccounts)
            return Mistaken([$"customerIdentifier must be given with the rules {options.Rules.Name}."]);
        if (string.IsNullOrEmpty(request.CustomerIdentifier) && string.IsNullOrEmpty(request.CustomerAWSAccountId))
            return Mistaken(["customerIdentifier or customerAWSAccountId must be given."]);
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var customer = new RegisteredCustomer
        {
            ProductCode = request.ProductCode,
            CustomerIdentifier = request.CustomerIdentifier,
            CustomerAWSAccountId = request.CustomerAWSAccountId,
            LicenseArn = request.LicenseArn,
            ExpiresAt = time.GetUtcNow() + TokenLifetime,
        };
        await state.AddTokenAsync(token, customer);
        return TypedResults.Json(
            new TokenReply(token, customer.ExpiresAt), AdminJson.Default.TokenReply, statusCode: 201);
    }

    private async Task<IResult> ResetAsync()
    {
        await ClearAsync();
        return TypedResults.NoContent();
    }

    private async Task<IResult> SetFaultsAsync(HttpContext http)
    {
        var (problem, plan) = await ReadAsync(http, AdminJson.Default.FaultPlan);
        if (problem is not null) return problem;
        if (plan!.Mistakes() is { Count: > 0 } mistakes) return Mistaken(mistakes);
        injector.Plan = plan;
        return TypedResults.Json(plan, AdminJson.Default.FaultPlan);
    }

    private static async Task<(IResult? Problem, T? Value)> ReadAsync<T>(HttpContext http, JsonTypeInfo<T> type)
        where T : class
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = BodyBytesMax;
        try
        {
            var value = await JsonSerializer.DeserializeAsync(http.Request.Body, type, http.RequestAborted);
            return value is null ? (Mistaken(["The body must be a JSON object, not null."]), null) : (null, value);
        }
        catch (JsonException broken)
        {
            return (Mistaken([$"The body is not what is expected. {JsonMistake.Of(broken, type)}"]), null);
        }
    }

    private static IResult Mistaken(IReadOnlyList<string> mistakes) => TypedResults.Problem(
        string.Join(' ', mistakes), statusCode: StatusCodes.Status400BadRequest, title: "The request is not valid.");
}
