using Tally.Emulator.Rules;

namespace Tally.Emulator.Signatures;

/// <summary>
/// Says who calls. Signatures are verified when they are required; otherwise the credential in the header is believed.
/// </summary>
internal sealed class CallerIdentification(EmulatorOptions options, TimeProvider time)
{
    private readonly SignatureCheck _check = new(options.AccessKeys, time);
    private readonly SignatureCheck _queueCheck = new(options.AccessKeys, time, SignatureCheck.QueueServiceName);

    /// <summary>Who calls the metering service, or why it isn't known.</summary>
    public (ServiceError? Error, Caller? Caller) Identify(SignedRequest request) =>
        options.RequireSignature ? _check.Check(request) : (null, Believe(request));

    /// <summary>Who calls SQS, which clients sign for under its own name, or why it isn't known.</summary>
    public (ServiceError? Error, Caller? Caller) IdentifyForQueues(SignedRequest request) =>
        options.RequireSignature ? _queueCheck.Check(request) : (null, Believe(request));

    /// <summary>
    /// Whom the credential names, without a look at the signature. An access key that isn't known and is an account id
    /// stands for that account.
    /// </summary>
    public Caller Believe(SignedRequest request)
    {
        var nobody = new Caller(EmulatorOptions.DefaultAccountId, EmulatorOptions.DefaultRegion, null);
        if (AuthorizationHeader.CredentialOf(request.Text("Authorization")) is not { } credential) return nobody;
        var known = options.AccessKeys.FirstOrDefault(
            key => string.Equals(key.AccessKeyId, credential.AccessKeyId, StringComparison.Ordinal));
        var isAccount = credential.AccessKeyId.Length == AccessKey.AccountIdLength
            && credential.AccessKeyId.All(char.IsAsciiDigit);
        return new Caller(
            known?.AccountId ?? (isAccount ? credential.AccessKeyId : nobody.AccountId),
            credential.Region.Length > 0 ? credential.Region : nobody.Region,
            credential.AccessKeyId);
    }
}
