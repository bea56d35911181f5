using System.Text.RegularExpressions;
using Tally.Domain.Catalogue;

namespace Tally.Domain.Tenancy;

/// <summary>Checks how an account is called. Source of the patterns: the STS and IAM service models.</summary>
public static partial class AwsAccessRules
{
    /// <summary>Finds everything that is wrong.</summary>
    /// <param name="access">What was written.</param>
    /// <returns>One error for each thing; none when it is good.</returns>
    public static IReadOnlyList<FieldError> Check(AwsAccess access)
    {
        ArgumentNullException.ThrowIfNull(access);
        var errors = new List<FieldError>();
        Match(access.RoleArn, Role(), "roleArn", "A role is arn:aws:iam::ACCOUNT:role/NAME.");
        Match(access.ExternalId, ExternalId(), "externalId", "An external id has 2 to 1224 of A-Za-z0-9_+=,.@:/-.");
        Match(access.SessionName, SessionName(), "sessionName", "A session has 2 to 64 of A-Za-z0-9_+=,.@-.");
        Match(access.Profile, Profile(), "profile", "A profile has 1 to 128 of A-Za-z0-9_+.@-.");
        Match(access.Region, Region(), "region", "A region is spelled like us-east-1.");
        Match(access.AccountId, Account(), "accountId", "An AWS account id has 12 digits.");
        if (access is { RoleArn: not null, Profile: not null })
        {
            errors.Add(new("profile", "not_allowed", "Credentials are those of a role or of a profile."));
        }

        if (access is { RoleArn: not null, ExternalId: null })
        {
            errors.Add(new(
                "externalId", "required", "Without one, whoever knows a role's name could be served with it."));
        }

        if (access.RoleArn is null && (access.ExternalId ?? access.SessionName) is not null)
        {
            errors.Add(new("roleArn", "required", "External id and session name go with a role."));
        }

        if (errors.Count == 0 && access is { RoleArn: not null, AccountId: not null }
            && access.AccountId != (access with { AccountId = null }).Account)
        {
            errors.Add(new("accountId", "not_allowed", "A role's account is the one in its ARN."));
        }

        return errors;

        void Match(string? text, Regex pattern, string field, string message)
        {
            if (text is not null && !pattern.IsMatch(text))
            {
                errors.Add(new(field, "invalid_form", message));
            }
        }
    }

    [GeneratedRegex(@"^arn:aws[a-z-]{0,12}:iam::[0-9]{12}:role/[A-Za-z0-9_+=,.@/-]{1,512}\z")]
    private static partial Regex Role();

    [GeneratedRegex(@"^[A-Za-z0-9_+=,.@:/-]{2,1224}\z")]
    private static partial Regex ExternalId();

    [GeneratedRegex(@"^[A-Za-z0-9_+=,.@-]{2,64}\z")]
    private static partial Regex SessionName();

    [GeneratedRegex(@"^[A-Za-z0-9_+.@-]{1,128}\z")]
    private static partial Regex Profile();

    [GeneratedRegex(@"^[a-z]{2,4}(-[a-z]{2,12}){1,3}-[0-9]{1,2}\z")]
    private static partial Regex Region();

    [GeneratedRegex(@"^[0-9]{12}\z")]
    private static partial Regex Account();
}
