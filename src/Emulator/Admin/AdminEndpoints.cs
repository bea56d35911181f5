using Tally.Emulator.Clock;
using Tally.Emulator.Faults;
using Tally.Emulator.Rules;
using Tally.Emulator.State;
using Tally.Emulator.Wire;

namespace Tally.Emulator.Admin;

/// <summary>What only an emulator has, to look into it and to make it behave.</summary>
internal sealed class AdminEndpoints(
    IEmulatorState state,
    RuleBook book,
    EmulatorClock clock,
    FaultInjector injector,
    CallLog calls,
    EmulatorReset reset) : IAdminModule
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var admin = routes.MapGroup("/_emulator");
        _ = admin.MapGet("/health", () => TypedResults.Text("ok"));
        _ = admin.MapGet("/records", (Delegate)ListRecordsAsync);
        _ = admin.MapGet("/calls", ListCalls);
        _ = admin.MapPost("/reset", (Delegate)ResetAsync);
        _ = admin.MapGet("/faults", () => TypedResults.Json(injector.Plan, AdminJson.Default.FaultPlan));
        _ = admin.MapPut("/faults", (Delegate)SetFaultsAsync);
        _ = admin.MapGet("/clock", ShowClock);
        _ = admin.MapPut("/clock", (Delegate)SetClockAsync);
        _ = admin.MapGet("/open-points", () => TypedResults.Json(book.OpenPoints, AdminJson.Default.OpenPoints));
        _ = admin.MapPut("/open-points", (Delegate)SetOpenPointsAsync);
    }

    private Task ListRecordsAsync(HttpContext http)
    {
        var query = http.Request.Query;
        var filter = new RecordFilter
        {
            ProductCode = query["product"],
            Customer = query["customer"],
            AccountId = query["account"],
            Region = query["region"],
        };
        return RecordStream.WriteAsync(
            http.Response, state.ListAsync(filter, http.RequestAborted), http.RequestAborted);
    }

    private IResult ListCalls(string? operation, string? account, string? error) =>
        TypedResults.Json(calls.List(operation, account, error), AdminJson.Default.IReadOnlyListRecordedCall);

    private async Task<IResult> ResetAsync()
    {
        await reset.RunAsync();
        return TypedResults.NoContent();
    }

    private async Task<IResult> SetFaultsAsync(HttpContext http)
    {
        var (problem, plan) = await AdminBody.ReadAsync(http, AdminJson.Default.FaultPlan);
        if (problem is not null) return problem;
        if (plan!.Mistakes() is { Count: > 0 } mistakes) return AdminBody.Mistaken(mistakes);
        injector.Plan = plan;
        return TypedResults.Json(plan, AdminJson.Default.FaultPlan);
    }

    private IResult ShowClock() => TypedResults.Json(
        new ClockReply(clock.GetUtcNow(), clock.Setting is not null, clock.Setting is not { IsRunning: false }),
        AdminJson.Default.ClockReply);

    private async Task<IResult> SetClockAsync(HttpContext http)
    {
        var (problem, request) = await AdminBody.ReadAsync(http, AdminJson.Default.ClockRequest);
        if (problem is not null) return problem;
        await clock.SetAsync(request!.Now, request.IsRunning);
        return ShowClock();
    }

    private async Task<IResult> SetOpenPointsAsync(HttpContext http)
    {
        var (problem, points) = await AdminBody.ReadAsync(http, AdminJson.Default.OpenPoints);
        if (problem is not null) return problem;
        if (points!.Mistakes() is { Count: > 0 } mistakes) return AdminBody.Mistaken(mistakes);
        book.OpenPoints = points;
        return TypedResults.Json(points, AdminJson.Default.OpenPoints);
    }
}
