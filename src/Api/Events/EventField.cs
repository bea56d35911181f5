namespace Tally.Api.Events;

/// <summary>The members of an event, as bits.</summary>
[Flags]
internal enum EventField : byte
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The id; required.</summary>
    Id = 1,

    /// <summary>The product code; required.</summary>
    Product = 2,

    /// <summary>The customer; required.</summary>
    Customer = 4,

    /// <summary>The dimension; required.</summary>
    Dimension = 8,

    /// <summary>The quantity; required.</summary>
    Quantity = 16,

    /// <summary>The time.</summary>
    Time = 32,

    /// <summary>The tags.</summary>
    Tags = 64,

    /// <summary>Those that must be there.</summary>
    Required = Id | Product | Customer | Dimension | Quantity,
}
