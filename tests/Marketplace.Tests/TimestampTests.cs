using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Amazon.AWSMarketplaceMetering.Wire;
using CsCheck;

namespace Amazon.AWSMarketplaceMetering.Tests;

/// <summary>Moments in time as JSON: the bill depends on the hour they fall into.</summary>
public sealed class TimestampTests
{
    private static readonly Gen<DateTime> AnyMoment = Gen.Long[DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks]
        .Select(ticks => new DateTime(ticks, DateTimeKind.Utc));

    [Fact]
    public void Write_AnyMoment_StaysWithinItsSecond() => AnyMoment.Sample(moment =>
    {
        var sent = DateTime.UnixEpoch.AddTicks(long.Parse(Written(moment)) * TimeSpan.TicksPerSecond);
        return sent <= moment && moment - sent < TimeSpan.FromSeconds(1);
    });

    [Fact]
    public void Read_WhatWasWritten_IsTheSameSecond() => AnyMoment.Sample(moment =>
        Read(Written(moment)) == moment.AddTicks(-(moment.Ticks % TimeSpan.TicksPerSecond)));

    [Theory]
    [InlineData("2026-09-01T12:59:59.9999999", "1788267599")]
    [InlineData("2026-09-01T12:59:59.5000000", "1788267599")]
    [InlineData("2026-09-01T13:00:00.0000000", "1788267600")]
    [InlineData("1969-12-31T23:59:59.5000000", "-1")]
    public void Write_FractionOfASecond_IsRoundedDown(string moment, string seconds) =>
        Assert.Equal(seconds, Written(Parse(moment)));

    [Fact]
    public void Write_UnspecifiedKind_IsTakenForUtc()
    {
        var utc = Parse("2026-09-01T12:00:00");

        Assert.Equal(Written(utc), Written(DateTime.SpecifyKind(utc, DateTimeKind.Unspecified)));
    }

    [Fact]
    public void Write_LocalKind_IsConverted()
    {
        var utc = Parse("2026-09-01T12:00:00");

        Assert.Equal(Written(utc), Written(utc.ToLocalTime()));
    }

    [Theory]
    [InlineData("1788267599", "2026-09-01T12:59:59")]
    [InlineData("1788267599.776", "2026-09-01T12:59:59.776")]
    [InlineData("1.788267599E9", "2026-09-01T12:59:59")]
    [InlineData("0", "1970-01-01T00:00:00")]
    [InlineData("-0.5", "1969-12-31T23:59:59.5")]
    [InlineData("\"2026-09-01T12:59:59.776Z\"", "2026-09-01T12:59:59.776")]
    [InlineData("\"2026-09-01T14:59:59+02:00\"", "2026-09-01T12:59:59")]
    [InlineData("\"2026-09-01T12:59:59\"", "2026-09-01T12:59:59")]
    public void Read_EveryWayToSayIt_IsUtc(string json, string moment)
    {
        var read = Read(json);

        Assert.Equal(Parse(moment), read);
        Assert.Equal(DateTimeKind.Utc, read.Kind);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("\"soon\"")]
    [InlineData("1e20")]
    [InlineData("1e300")]
    [InlineData("-1e12")]
    [InlineData("{}")]
    public void Read_NoMoment_IsAnError(string json) => Assert.Throws<JsonException>(() => Read(json));

    private static DateTime Parse(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).UtcDateTime;

    private static string Written(DateTime moment)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            JsonForms.EpochSeconds.Write(writer, moment);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static DateTime Read(string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        _ = reader.Read();
        return JsonForms.EpochSeconds.Read(ref reader)!.Value;
    }
}
