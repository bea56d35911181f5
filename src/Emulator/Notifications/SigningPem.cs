namespace Tally.Emulator.Notifications;

/// <summary>A signing identity as it is kept.</summary>
/// <param name="PrivateKey">PKCS #8.</param>
/// <param name="Certificate">X.509.</param>
internal sealed record SigningPem(string PrivateKey, string Certificate);
