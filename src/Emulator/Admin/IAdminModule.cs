namespace Tally.Emulator.Admin;

/// <summary>A part of the emulator's own interface.</summary>
internal interface IAdminModule
{
    /// <summary>Maps its endpoints; paths start with <c>/_emulator</c>.</summary>
    void Map(IEndpointRouteBuilder routes);
}
