using Tally.Domain.Catalogue;
using Tally.Domain.Sealing;

namespace Tally.Domain.Counting;

/// <summary>What an amendment does to a record.</summary>
/// <param name="Settlement">What becomes of it.</param>
/// <param name="Identity">The buyer from then on.</param>
/// <param name="Dimension">The dimension's name at AWS from then on.</param>
internal readonly record struct RecordChange(Settlement Settlement, CustomerIdentity Identity, string Dimension);
