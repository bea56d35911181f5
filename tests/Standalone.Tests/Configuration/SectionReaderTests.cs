using System.Globalization;
using Microsoft.Extensions.Configuration;
using Tally.Api.Hosting;
using Tally.Grains.Hosting;
using Tally.Journal.Sqlite;
using Tally.Standalone.Configuration;

namespace Tally.Standalone.Tests.Configuration;

/// <summary>The sections of the configuration file.</summary>
public sealed class SectionReaderTests
{
    private const string RetentionRange = "it must be between zero and 400.00:00:00.";
    private static readonly StandaloneOptions Defaults = new() { Data = "folder" };

    public static TheoryData<string, string, string> OneError => new()
    {
        { "Tally:SealConcurency", "1", "Tally: 'SealConcurency' is not an option." },
        { "Tally:SealConcurrency", "x", "Tally: SealConcurrency is 'x'; it must be a whole number in its range." },
        { "Tally:SealConcurrency", "10001", "Tally: SealConcurrency 10001 is not between 1 and 10000." },
        { "Tally:RetryFirst", "soon", "Tally: RetryFirst is 'soon'; it must be a time like 00:00:05." },
        { "Tally:Rules", "aws-1999", "Tally: Rules 'aws-1999' is neither aws-2026 nor aws-2020." },
        { "Tally:Period", "00:01:00", "Tally: Period is set with the option period, outside of any section." },
        { "Tally:SealDelay", "00:01:00", "Tally: SealDelay is set with the option sealDelay, outside of any section." },
        { "Api:Pages", "maybe", "Api: Pages is 'maybe'; it must be true or false." },
        { "Api:BodySizeMax", "3e9", "Api: BodySizeMax is '3e9'; it must be a whole number in its range." },
        { "Api:RetryAfter", "00:00:00", "Api: RetryAfter 00:00:00 is not between 00:00:01 and 01:00:00." },
        { "Api:Pages:Deep", "1", "Api: Pages is ''; it must be true or false." },
        { "Store:Partitions", "0", "Store: The field Partitions must be between 1 and 1024." },
        { "Store:Path", "", "Store: The Path field is required." },
        { "Store:Retention", "-00:00:01", $"Store: Retention is -00:00:01; {RetentionRange}" },
        { "Store:Retention", "401.00:00:00", $"Store: Retention is 401.00:00:00; {RetentionRange}" },
    };

    [Theory]
    [MemberData(nameof(OneError))]
    public void Check_OneThingWrong_IsSaidInOneSentence(string name, string value, string error) =>
        Assert.Equal([error], Reader((name, value)).Check());

    [Fact]
    public void Check_NothingGiven_IsRight() => Assert.Empty(Reader().Check());

    [Fact]
    public void Check_SeveralThingsWrong_AllAreSaid() =>
        Assert.Equal(
            4, Reader(("Tally:A", "1"), ("Api:B", "1"), ("Store:C", "1"), ("Api:KeysCachedMax", "0")).Check().Count);

    [Fact]
    public void Set_ValuesOfEveryKind_Arrive()
    {
        var reader = Reader(
            ("Tally:SealConcurrency", "7"),
            ("Tally:Rules", "aws-2020"),
            ("tally:retryMost", "00:10:00"),
            ("Api:WaitingBytesMax", "100000000000"),
            ("Api:Pages", "false"),
            ("Store:QueueMax", "1000"));
        Assert.Empty(reader.Check());
        var (tally, api, store) = Read(reader);
        Assert.Equal((7, "aws-2020", TimeSpan.FromMinutes(10)), (tally.SealConcurrency, tally.Rules, tally.RetryMost));
        Assert.Equal((100_000_000_000, false), (api.WaitingBytesMax, api.Pages));
        Assert.Equal((1_000, Path.Combine("folder", "tally.db")), (store.QueueMax, store.Path));
    }

    [Theory]
    [InlineData("01:00:00", "00:00:05")]
    [InlineData("00:01:00", "00:00:05")]
    [InlineData("00:00:10", "00:00:01")]
    [InlineData("00:00:01", "00:00:00.1")]
    public void Set_ShortPeriod_IsWatchedMoreClosely(string period, string interval)
    {
        var options = new StandaloneOptions { Period = Time(period), SealDelay = TimeSpan.FromSeconds(3) };
        var (tally, _, _) = Read(new(options, new ConfigurationBuilder().Build()));
        Assert.Equal(Time(interval), tally.FlushInterval);
        Assert.Equal((Time(period), TimeSpan.FromSeconds(3)), (tally.Period, tally.SealDelay));
    }

    [Fact]
    public void Set_FlushIntervalGiven_Counts() =>
        Assert.Equal(Time("00:00:30"), Read(Reader(("Tally:FlushInterval", "00:00:30"))).Tally.FlushInterval);

    [Fact]
    public void Set_PeriodInItsSection_NeverReachesTheActors() =>
        Assert.Equal(Defaults.EffectivePeriod, Read(Reader(("Tally:Period", "00:00:01"))).Tally.Period);

    private static SectionReader Reader(params (string Name, string? Value)[] values) => new(
        Defaults,
        new ConfigurationBuilder()
            .AddInMemoryCollection(values.Select(value => KeyValuePair.Create(value.Name, value.Value)))
            .Build());

    private static (TallyOptions Tally, TallyApiOptions Api, SqliteStoreOptions Store) Read(SectionReader reader)
    {
        var (tally, api) = (new TallyOptions(), new TallyApiOptions());
        reader.Set(tally);
        reader.Set(api);
        return (tally, api, reader.Store());
    }

    private static TimeSpan Time(string text) => TimeSpan.Parse(text, CultureInfo.InvariantCulture);
}
