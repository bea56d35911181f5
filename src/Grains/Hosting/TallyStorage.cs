namespace Tally.Grains.Hosting;

/// <summary>The name of the grain storage that Tally's actors use.</summary>
public static class TallyStorage
{
    /// <summary>The storage provider's name.</summary>
    public const string Name = "Tally";
}
