namespace Tally.Emulator.Conformance.Clients;

/// <summary>What a client can say, by its own account: its model, and what it does with it.</summary>
/// <param name="Version">Its version; null: that of this repository.</param>
internal sealed record ClientModel(string? Version)
{
    /// <summary>The members that a request may have; null: all that there are.</summary>
    public IReadOnlyList<ModelMember>? Members { get; init; }

    /// <summary>The members of results, as <c>Operation.Member</c>; null: all that there are.</summary>
    public IReadOnlyList<string>? Results { get; init; }

    /// <summary>Whether it refuses by itself what lacks a required member or is below a minimum.</summary>
    public bool Checks { get; init; }

    /// <summary>Whether a number must fit into 32 bits before it can be sent.</summary>
    public bool IsTyped { get; init; }

    /// <summary>Whether it can send headers besides its own.</summary>
    public bool SendsHeaders { get; init; } = true;

    /// <summary>Whether it signs its requests.</summary>
    public bool Signs { get; init; } = true;
}

/// <summary>A member of a request.</summary>
/// <param name="Path">Operation and members, joined by dots; lists have no step of their own.</param>
/// <param name="Required">Whether it must be there.</param>
/// <param name="Min">The least length or value; null: any.</param>
internal sealed record ModelMember(string Path, bool Required, long? Min);
