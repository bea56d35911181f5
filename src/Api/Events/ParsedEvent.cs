using System.Runtime.InteropServices;
using Tally.Api.Events.CloudEvents;

namespace Tally.Api.Events;

/// <summary>Where a text lies in the body, unescaped.</summary>
/// <param name="Start">Its first byte.</param>
/// <param name="Length">How many bytes it has.</param>
internal readonly record struct TextRange(int Start, int Length)
{
    /// <summary>The text's bytes.</summary>
    /// <param name="body">The body.</param>
    /// <returns>UTF-8.</returns>
    public ReadOnlySpan<byte> In(byte[] body) => body.AsSpan(Start, Length);
}

/// <summary>An event as it was read; its texts stay in the body.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct ParsedEvent
{
    /// <summary>What is wrong with it, so far.</summary>
    public EventCode Code;

    /// <summary>The members it has.</summary>
    public EventField Fields;

    /// <summary>The id; empty when it is none.</summary>
    public TextRange Id;

    /// <summary>The product code; empty when it can't be one.</summary>
    public TextRange Product;

    /// <summary>The customer.</summary>
    public TextRange Customer;

    /// <summary>The dimension's or meter's name; empty when it can't be one.</summary>
    public TextRange Dimension;

    /// <summary>The tags, as <see cref="Domain.Counting.UsageBlock"/> has them.</summary>
    public TextRange Tags;

    /// <summary>What <see cref="Code"/> is about: a member's name.</summary>
    public TextRange Detail;

    /// <summary>Of a CloudEvent which attributes it has; none of an event in the platform's own form.</summary>
    public CloudAttribute Attributes;

    /// <summary>Of a CloudEvent the source; empty when it can't be one.</summary>
    public TextRange Source;

    /// <summary>Of a CloudEvent the data, as JSON; empty without any.</summary>
    public TextRange Data;

    /// <summary>The quantity in millionths.</summary>
    public long Micros;

    /// <summary>The time in UTC ticks; meaningless without one.</summary>
    public long Ticks;

    /// <summary>Which of the request's products it is for.</summary>
    public int Slot;

    /// <summary>The place of its dimension's or meter's name among the product's.</summary>
    public int Place;

    /// <summary>Notes that something is wrong, unless something with precedence is.</summary>
    /// <param name="code">What.</param>
    public void Reject(EventCode code)
    {
        if (Code == EventCode.None || code < Code)
        {
            Code = code;
        }
    }

    /// <summary>Notes that something is wrong, unless something with precedence is.</summary>
    /// <param name="code">What.</param>
    /// <param name="name">Which member it is about.</param>
    public void Reject(EventCode code, TextRange name)
    {
        var before = Code;
        Reject(code);
        Detail = Code == before ? Detail : name;
    }
}
