using Tally.Emulator.Rules;

namespace Tally.Emulator.Signatures;

/// <summary>
/// Says who calls. Signatures are verified when they are required; otherwise the credential in the header is believed.
/// </summary>
internal sealed class CallerIdentification(EmulatorOptions options, TimeProvider time)
{
    private const int AccountIdLength = 12;
    private readonly SignatureCheck _check = new(options.AccessKeys, time);

    public (ServiceError? Error, Caller? Caller) Identify(SignedRequest request) =>
        options.RequireSignature ? _check.Check(request) : (null, Believed(request));

    /// <summary>An access key that isn't known and is an account id stands for that account.</summary>
    private Caller Believed(SignedRequest request)
    {
        var nobody = new Caller(EmulatorOptions.DefaultAccountId, EmulatorOptions.DefaultRegion, null);
        if (request.Text("Authorization") is not { } text || AuthorizationHeader.Read(text).Header is not { } header)
            return nobody;
        var known = options.AccessKeys.FirstOrDefault(
            key => string.Equals(key.AccessKeyId, header.AccessKeyId, StringComparison.Ordinal));
        var isAccount = header.AccessKeyId.Length == AccountIdLength && header.AccessKeyId.All(char.IsAsciiDigit);
        return new Caller(
            known?.AccountId ?? (isAccount ? header.AccessKeyId : nobody.AccountId),
            header.Region.Length > 0 ? header.Region : nobody.Region,
            header.AccessKeyId);
    }
}
