using Orleans.Storage;

namespace Tally.Silo.Postgres;

/// <summary>
/// Keeps apart what the AdoNet storage takes for one. It reads keys that look like numbers or GUIDs as such, so that
/// the tenants <c>1</c> and <c>01</c>, or <c>cafe</c> and <c>0cafe</c>, would share a state. A sign in front makes
/// each key a text.
/// </summary>
/// <param name="inner">The AdoNet storage.</param>
internal sealed class TextKeyStorage(IGrainStorage inner) : IGrainStorage
{
    private const string Sign = "=";

    /// <inheritdoc />
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        inner.ReadStateAsync(NameOf(stateName, grainId), Text(grainId), grainState);

    /// <inheritdoc />
    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        inner.WriteStateAsync(NameOf(stateName, grainId), Text(grainId), grainState);

    /// <inheritdoc />
    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        inner.ClearStateAsync(NameOf(stateName, grainId), Text(grainId), grainState);

    // The AdoNet storage tells states apart by their name and the key, and forgets the actor's type.
    private static string NameOf(string stateName, GrainId grainId) => $"{grainId.Type}/{stateName}";

    private static GrainId Text(GrainId grainId) => GrainId.Create(grainId.Type, Sign + grainId.Key);
}
