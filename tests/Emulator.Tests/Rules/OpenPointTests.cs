using System.Text.Json;
using Tally.Emulator.Tests.Hosting;

namespace Tally.Emulator.Tests.Rules;

/// <summary>What AWS leaves open: with each option set the other way, the answer is the other one.</summary>
public sealed class OpenPointTests
{
    private const string Account = "123456789012";

    [Theory]
    [InlineData("2026-11-23T10:35:00Z", "Success", "TimestampOutOfBoundsException")]
    [InlineData("2026-11-23T10:30:30Z", "Success", "TimestampOutOfBoundsException")]
    public Task FutureToleranceSeconds_Shorter_RefusesWhatLiesFurtherAhead(string time, string usual, string other) =>
        ComparesAsync(
            new OpenPoints { FutureToleranceSeconds = 29 }, (usual, other), Record(EmulatorFixture.Start, time));

    [Fact]
    public Task AcceptsExactAge_False_RefusesUsageOfExactlyADayAgo() => ComparesAsync(
        new OpenPoints { AcceptsExactAge = false },
        ("Success", "TimestampOutOfBoundsException"),
        Record(EmulatorFixture.Start, "2026-11-22T10:30:00Z"));

    [Fact]
    public Task AgeCountsFromHour_True_AcceptsAllOfTheHourOfTheLimit() => ComparesAsync(
        new OpenPoints { AgeCountsFromHour = true },
        ("TimestampOutOfBoundsException", "Success"),
        Record(EmulatorFixture.Start, "2026-11-22T10:00:00Z"));

    [Fact]
    public async Task PreviousMonthIgnoresAge_True_AcceptsAllOfItUntilSix()
    {
        var firstOfMonth = new DateTimeOffset(2026, 12, 1, 5, 59, 0, TimeSpan.Zero);
        await ComparesAsync(
            new OpenPoints { PreviousMonthIgnoresAge = true },
            ("TimestampOutOfBoundsException", "Success"),
            Record(firstOfMonth, "2026-11-03T00:00:00Z"),
            now: firstOfMonth);
    }

    [Fact]
    public Task UnknownCustomerIsAnError_True_RefusesTheCall() => ComparesAsync(
        new OpenPoints { UnknownCustomerIsAnError = true },
        ("CustomerNotSubscribed", "InvalidCustomerIdentifierException"),
        new { Timestamp = Now, CustomerIdentifier = "nobody", Dimension = "api_calls", Quantity = 1 });

    [Fact]
    public Task UnknownCustomerIsAnError_True_LeavesFormerCustomersAsTheyAre() => ComparesAsync(
        new OpenPoints { UnknownCustomerIsAnError = true },
        ("CustomerNotSubscribed", "CustomerNotSubscribed"),
        new { Timestamp = Now, CustomerIdentifier = "cust-2", Dimension = "api_calls", Quantity = 1 });

    [Fact]
    public Task ComparesAllocations_True_MakesAnotherSplitADuplicate() => ComparesAsync(
        new OpenPoints { ComparesAllocations = true }, ("Success", "DuplicateRecord"), Split("a"), Split("b"));

    [Fact]
    public Task ComparesAllocations_True_LeavesTheSameSplitASuccess() => ComparesAsync(
        new OpenPoints { ComparesAllocations = true }, ("Success", "Success"), Split("a"), Split("a"));

    [Fact]
    public async Task IdentitiesAreOne_True_MakesBothNamesOneCustomer()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        _ = await fixture.Caller.SendAsync(
            HttpMethod.Post,
            "/_emulator/tokens",
            $$"""
            {"productCode":"prod-1","customerIdentifier":"cust-1","customerAWSAccountId":"{{Account}}"}
            """);
        _ = await fixture.Caller.MeterAsync(EmulatorFixture.Product, fixture.Record(5));
        var byAccount = new { Timestamp = Now, CustomerAWSAccountId = Account, Dimension = "api_calls", Quantity = 7 };
        await SetAsync(fixture, new OpenPoints { IdentitiesAreOne = true });
        var asOne = await fixture.Caller.MeterAsync(EmulatorFixture.Product, byAccount);
        await SetAsync(fixture, new OpenPoints());
        var asTwo = await fixture.Caller.MeterAsync(EmulatorFixture.Product, byAccount);

        Assert.Equal(("DuplicateRecord", "Success"), (asOne.Statuses[0], asTwo.Statuses[0]));
    }

    [Fact]
    public Task RepeatInBatchIsAnError_True_RefusesTheBatch() => ComparesAsync(
        new OpenPoints { RepeatInBatchIsAnError = true },
        ("Success", "ValidationException"),
        JsonSerializer.Serialize(new { ProductCode = "prod-1", UsageRecords = new[] { Plain(1), Plain(1) } }));

    [Fact]
    public Task EmptyBatchIsAnError_True_RefusesIt() => ComparesAsync(
        new OpenPoints { EmptyBatchIsAnError = true },
        (null, "ValidationException"),
        """{"ProductCode":"prod-1","UsageRecords":[]}""");

    [Fact]
    public Task AcceptsAnyIdentity_True_TakesARecordWithBothNames() => ComparesAsync(
        new OpenPoints { AcceptsAnyIdentity = true },
        ("ValidationException", "Success"),
        new
        {
            Timestamp = Now,
            CustomerIdentifier = "cust-1",
            CustomerAWSAccountId = Account,
            Dimension = "api_calls",
        });

    [Fact]
    public Task LicenseExcludesProductCode_True_RefusesBothTogether() => ComparesAsync(
        new OpenPoints { LicenseExcludesProductCode = true }, ("Success", "ValidationException"), Licensed("l-1"));

    [Fact]
    public Task AcceptsSeveralLicensesOfBuyer_False_RefusesThemTogether() => ComparesAsync(
        new OpenPoints { AcceptsSeveralLicensesOfBuyer = false },
        ("Success", "InvalidLicenseException"),
        JsonSerializer.Serialize(
            new { ProductCode = "prod-1", UsageRecords = new[] { Licensed("l-1"), Licensed("l-2") } }));

    [Fact]
    public Task ConstraintError_Another_IsTheErrorOfEveryConstraint() => ComparesAsync(
        new OpenPoints { ConstraintError = "InvalidParameterException" },
        ("ValidationException", "InvalidParameterException"),
        new { Timestamp = Now, CustomerIdentifier = "cust-1", Dimension = "api_calls", Quantity = -1 });

    [Fact]
    public Task AcceptsEmptyTagValues_True_TakesATagWithoutAValue() => ComparesAsync(
        new OpenPoints { AcceptsEmptyTagValues = true }, ("InvalidTagException", "Success"), Split(string.Empty));

    [Fact]
    public async Task Ids_OfRepeatsDuplicatesAndStrangers_AreAsTheOptionsSay()
    {
        var usual = await IdsAsync(new OpenPoints());
        var other = await IdsAsync(new OpenPoints
        {
            RepeatKeepsId = false,
            DuplicateHasId = false,
            NotSubscribedHasId = true,
        });

        Assert.Equal((usual[0], usual[0], null), (usual[1], usual[2], usual[3]));
        Assert.NotEqual(other[0], other[1]);
        Assert.Null(other[2]);
        Assert.NotNull(other[3]);
    }

    [Fact]
    public async Task Tokens_LifetimeAndEnd_AreAsTheOptionsSay()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        await SetAsync(fixture, new OpenPoints { TokenLifetimeMinutes = 60, ResolvingEndsToken = true });
        var (once, late) = (await TokenAsync(fixture), await TokenAsync(fixture));
        Assert.Equal(200, (await fixture.Caller.ResolveAsync(once)).Status);
        Assert.Equal("ExpiredTokenException", (await fixture.Caller.ResolveAsync(once)).ErrorCode);
        fixture.Clock.Advance(TimeSpan.FromMinutes(60));
        Assert.Equal("ExpiredTokenException", (await fixture.Caller.ResolveAsync(late)).ErrorCode);
    }

    [Theory]
    [InlineData("""{"futureToleranceSeconds":-1}""", "futureToleranceSeconds is -1; it must be 0 to 86400.")]
    [InlineData("""{"tokenLifetimeMinutes":0}""", "tokenLifetimeMinutes is 0; it must be 1 to 10080.")]
    [InlineData("""{"flushMinutes":1441}""", "flushMinutes is 1441; it must be 0 to 1440.")]
    [InlineData("""{"dryRunStatus":200}""", "dryRunStatus is 200; it must be 400 or 412.")]
    [InlineData("""{"signatureClaims":"x"}""", "signatureClaims is 'x'; it must be camelCase, PascalCase or both.")]
    [InlineData("""{"constraintError":""}""", "constraintError must not be empty.")]
    [InlineData("""{"nothing":true}""", "$.nothing is not known")]
    public async Task Set_WhatIsNotValid_IsRefusedAndChangesNothing(string body, string reason)
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var reply = await fixture.Caller.SendAsync(HttpMethod.Put, "/_emulator/open-points", body);
        var shown = await fixture.Caller.SendAsync(HttpMethod.Get, "/_emulator/open-points");

        Assert.Equal(400, reply.Status);
        Assert.Contains(reason, reply.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(300, shown.Json.GetProperty("futureToleranceSeconds").GetInt32());
    }

    [Fact]
    public async Task Set_OneOfThem_LeavesTheOthersAtTheirDefaultsUntilReset()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var set = await fixture.Caller.SendAsync(HttpMethod.Put, "/_emulator/open-points", """{"flushMinutes":5}""");
        Assert.Equal(5, set.Json.GetProperty("flushMinutes").GetInt32());
        Assert.True(set.Json.GetProperty("acceptsExactAge").GetBoolean());
        _ = await fixture.Caller.SendAsync(HttpMethod.Post, "/_emulator/reset");
        var shown = await fixture.Caller.SendAsync(HttpMethod.Get, "/_emulator/open-points");
        Assert.Equal(60, shown.Json.GetProperty("flushMinutes").GetInt32());
    }

    private static long Now => EmulatorFixture.Start.ToUnixTimeSeconds();

    private static object Plain(int quantity) =>
        new { Timestamp = Now, CustomerIdentifier = "cust-1", Dimension = "api_calls", Quantity = quantity };

    private static object Record(DateTimeOffset now, string time) => new
    {
        Timestamp = now.ToUnixTimeSeconds()
            + (long)(DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture) - now).TotalSeconds,
        CustomerIdentifier = "cust-1",
        Dimension = "api_calls",
        Quantity = 1,
    };

    private static object Split(string tagValue) => new
    {
        Timestamp = Now,
        CustomerIdentifier = "cust-1",
        Dimension = "api_calls",
        Quantity = 1,
        UsageAllocations = new[]
        {
            new { AllocatedUsageQuantity = 1, Tags = new[] { new { Key = "team", Value = tagValue } } },
        },
    };

    private static object Licensed(string name) => new
    {
        Timestamp = Now,
        CustomerAWSAccountId = Account,
        LicenseArn = $"arn:aws:license-manager:us-east-1:{Account}:license:{name}",
        Dimension = "api_calls",
        Quantity = 1,
    };

    /// <summary>The last of the records gets one answer by default, and another one with the options set.</summary>
    private static Task ComparesAsync(
        OpenPoints points,
        (string? Usual, string? Other) expected,
        params object[] records) => ComparesAsync(points, expected, records, now: null);

    private static async Task ComparesAsync(
        OpenPoints points,
        (string? Usual, string? Other) expected,
        object record,
        DateTimeOffset? now)
    {
        var records = record as object[] ?? [record];
        Assert.Equal(expected.Usual, await AnswerAsync(new OpenPoints(), records, now));
        Assert.Equal(expected.Other, await AnswerAsync(points, records, now));
    }

    private static async Task<string?> AnswerAsync(OpenPoints points, object[] records, DateTimeOffset? now)
    {
        await using var fixture = await EmulatorFixture.StartAsync(new EmulatorOptions { OpenPoints = points });
        if (now is { } moment) fixture.Clock.AdjustTime(moment);
        await fixture.Emulator.DeclareProductAsync(EmulatorFixture.Product, new ProductDeclaration
        {
            Dimensions = ["api_calls"],
            Licenses = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [$"arn:aws:license-manager:us-east-1:{Account}:license:l-1"] = Account,
                [$"arn:aws:license-manager:us-east-1:{Account}:license:l-2"] = Account,
            },
        });
        var reply = default(Reply);
        foreach (var record in records)
        {
            reply = record is string body
                ? await fixture.Caller.MeterAsync(body)
                : await fixture.Caller.MeterAsync(EmulatorFixture.Product, record);
        }

        return reply!.Status == 200 ? reply.Statuses.LastOrDefault() : reply.ErrorCode;
    }

    private static async Task<string?[]> IdsAsync(OpenPoints points)
    {
        await using var fixture = await EmulatorFixture.StartAsync(new EmulatorOptions { OpenPoints = points });
        var first = await fixture.Caller.MeterAsync(EmulatorFixture.Product, Plain(1));
        var later = await fixture.Caller.MeterAsync(
            EmulatorFixture.Product, Plain(1), Plain(2), fixture.Record(1, "cust-2"));
        return [first.RecordIds[0], .. later.RecordIds];
    }

    private static async Task SetAsync(EmulatorFixture fixture, OpenPoints points)
    {
        var body = JsonSerializer.Serialize(points, JsonSerializerOptions.Web);
        Assert.Equal(200, (await fixture.Caller.SendAsync(HttpMethod.Put, "/_emulator/open-points", body)).Status);
    }

    private static async Task<string> TokenAsync(EmulatorFixture fixture)
    {
        var reply = await fixture.Caller.SendAsync(
            HttpMethod.Post, "/_emulator/tokens", """{"productCode":"prod-1","customerIdentifier":"cust-1"}""");
        return reply.Json.GetProperty("token").GetString()!;
    }
}
