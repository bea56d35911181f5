namespace Tally.Emulator.Deployments;

/// <summary>Asks for the next version of a product's key.</summary>
/// <param name="RotatesAt">When the one before becomes an old one; null: now.</param>
internal sealed record KeyRotationRequest(DateTimeOffset? RotatesAt);

/// <summary>One version of a product's key, without the key.</summary>
internal sealed record KeyReply(int Version, DateTimeOffset CreatedAt, DateTimeOffset? RotatesAt)
{
    public static KeyReply Of(ProductKey key) => new(key.Version, key.CreatedAt, key.RotatesAt);
}
