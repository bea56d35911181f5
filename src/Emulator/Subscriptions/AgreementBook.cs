using System.Globalization;
using System.Security.Cryptography;
using Tally.Emulator.Catalogue;
using Tally.Emulator.Rules;
using Tally.Emulator.State;

namespace Tally.Emulator.Subscriptions;

/// <summary>
/// The life of agreements: subscribing, leaving, coming back, renewing, ending. Each step changes the agreement, the
/// licence, the subscription that metering asks for, and writes the notices, all in one transaction.
/// </summary>
internal sealed class AgreementBook(
    IEmulatorState state,
    SellerCatalogue catalogue,
    AgreementLog log,
    RuleBook book,
    NoticeQueue notices,
    TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _changing = new(1, 1);

    public ValueTask SaveAsync(Buyer buyer) => state.SaveAsync([log.Put(buyer)]);

    /// <summary>Makes an agreement, and a buyer that isn't known yet.</summary>
    public Task<Agreement> SubscribeAsync(NewAgreement wanted) => ChangeAsync(() =>
    {
        var now = time.GetUtcNow();
        var buyer = BuyerOf(wanted);
        var agreement = new Agreement
        {
            Id = $"agmt-{RandomName()}",
            OfferId = $"offer-{RandomName()}",
            SellerAccountId = wanted.Product.AccountId,
            ProductCode = wanted.Product.Code,
            BuyerAccountId = buyer.AccountId,
            CustomerIdentifier = buyer.CustomerIdentifier,
            LicenseArn = $"arn:aws:license-manager:us-east-1:{buyer.AccountId}:license:l-{RandomName()}",
            State = wanted.Succeeds ? AgreementState.Active : AgreementState.Failed,
            IsFreeTrial = wanted.IsFreeTrial,
            AcceptedAt = now,
            EndsAt = wanted.EndsAt,
        };
        var step = new AgreementStep(agreement, wanted.Product, now);
        step.Save(log.Put(buyer));
        step.Save(catalogue.PutIdentity(agreement.SellerAccountId, buyer.AccountId, buyer.CustomerIdentifier));
        if (!wanted.Succeeds)
        {
            step.TellSubscription("subscribe-fail");
            return step;
        }

        step.TellSubscription("subscribe-success");
        step.TellAgreement("Created", "NEW");
        step.TellLicense("Updated");
        return step;
    });

    /// <summary>The buyer leaves: records are accepted for a while longer, then no more.</summary>
    /// <exception cref="AgreementStateException">There is no such agreement that is active.</exception>
    public Task<Agreement> UnsubscribeAsync(string id, string status = "CANCELLED") => ChangeAsync(id, agreement =>
    {
        Require(agreement, AgreementState.Active);
        var now = time.GetUtcNow();
        var step = StepOf(agreement with
        {
            State = AgreementState.UnsubscribePending,
            FlushUntil = now + TimeSpan.FromMinutes(book.OpenPoints.FlushMinutes),
        });
        step.TellSubscription("unsubscribe-pending");
        step.TellEnd(status);
        step.TellLicense("Deprovisioned");
        return step;
    });

    /// <summary>Nothing is accepted under it any more, whatever was left of its time.</summary>
    /// <exception cref="AgreementStateException">There is no such agreement whose buyer is leaving.</exception>
    public Task<Agreement> EndAsync(string id) => ChangeAsync(id, agreement =>
    {
        Require(agreement, AgreementState.UnsubscribePending);
        var now = time.GetUtcNow();
        var flushed = now < agreement.FlushUntil ? now : agreement.FlushUntil;
        var step = StepOf(agreement with { State = AgreementState.Ended, FlushUntil = flushed });
        step.TellSubscription("unsubscribe-success");
        return step;
    });

    /// <summary>The buyer who was leaving stays: it is said again that the subscription succeeded.</summary>
    /// <exception cref="AgreementStateException">
    /// There is no such agreement whose buyer is leaving, or it is too late: the last records are in, or the agreement
    /// came to its end by itself.
    /// </exception>
    public Task<Agreement> ResubscribeAsync(string id) => ChangeAsync(id, agreement =>
    {
        Require(agreement, AgreementState.UnsubscribePending);
        RequireBefore(agreement, agreement.FlushUntil);
        RequireBefore(agreement, agreement.EndsAt);
        var step = StepOf(agreement with { State = AgreementState.Active, FlushUntil = null });
        step.TellSubscription("subscribe-success");
        step.TellAgreement("Created", "NEW");
        step.TellLicense("Updated");
        return step;
    });

    /// <summary>Goes on under the same licence, until another end.</summary>
    /// <exception cref="AgreementStateException">
    /// There is no such agreement that is active, or it has come to its end.
    /// </exception>
    public Task<Agreement> RenewAsync(string id, DateTimeOffset? endsAt) => ChangeAsync(id, agreement =>
    {
        Require(agreement, AgreementState.Active);
        RequireBefore(agreement, agreement.EndsAt);
        var step = StepOf(agreement with { EndsAt = endsAt });
        step.TellAgreement("Amended", "RENEW");
        step.TellLicense("Updated");
        step.TellEntitlement();
        return step;
    });

    public void Dispose() => _changing.Dispose();

    private AgreementStep StepOf(Agreement agreement) => new(
        agreement,
        catalogue.FindProduct(agreement.SellerAccountId, agreement.ProductCode)
            ?? new Product { AccountId = agreement.SellerAccountId, Code = agreement.ProductCode },
        time.GetUtcNow());

    private Buyer BuyerOf(NewAgreement wanted)
    {
        var known = log.FindBuyer(wanted.BuyerAccountId)
            ?? new Buyer { AccountId = wanted.BuyerAccountId, CustomerIdentifier = RandomName()[..11] };
        return wanted.CustomerIdentifier is { } named ? known with { CustomerIdentifier = named } : known;
    }

    private Task<Agreement> ChangeAsync(string id, Func<Agreement, AgreementStep> change) =>
        ChangeAsync(() => change(
            log.FindAgreement(id) ?? throw new AgreementStateException($"There is no agreement '{id}'.")));

    private static void Require(Agreement agreement, AgreementState wanted)
    {
        if (agreement.State != wanted)
            throw new AgreementStateException($"The agreement '{agreement.Id}' is {agreement.State}, not {wanted}.");
    }

    /// <summary>What is due at a moment is due even before the agreements' clock has come round to it.</summary>
    private void RequireBefore(Agreement agreement, DateTimeOffset? end)
    {
        if (time.GetUtcNow() >= end)
        {
            throw new AgreementStateException(string.Create(
                CultureInfo.InvariantCulture, $"The agreement '{agreement.Id}' came to its end at {end:u}."));
        }
    }

    private async Task<Agreement> ChangeAsync(Func<AgreementStep> change)
    {
        await _changing.WaitAsync();
        try
        {
            while (true)
            {
                var generation = log.Generation;
                var step = change();
                step.Save(log.Put(step.Agreement));
                foreach (var effect in EffectsOf(step))
                    step.Save(effect);
                var told = log.Number(step.Notices);
                foreach (var notice in told)
                    step.Save(log.Put(notice));
                // After a reset or an import there is another agreement to begin with, or none.
                if (!await state.SaveAsync(step.Changes, generation)) continue;
                notices.Add(told);
                return step.Agreement;
            }
        }
        finally
        {
            _ = _changing.Release();
        }
    }

    /// <summary>What metering sees of it.</summary>
    private IEnumerable<DocumentChange> EffectsOf(AgreementStep step)
    {
        var (agreement, product) = (step.Agreement, step.Product);
        if (agreement.State is AgreementState.Failed) yield break;
        yield return catalogue.Put(agreement.SellerAccountId, new License
        {
            Arn = agreement.LicenseArn,
            ProductCode = agreement.ProductCode,
            AccountId = agreement.BuyerAccountId,
            AgreementId = agreement.Id,
            ActiveFrom = HourOf(agreement.AcceptedAt),
            FlushUntil = agreement.FlushUntil,
        });
        // The buyer's other agreements for the product count as much as this one does.
        var all = log.ListAgreements()
            .Where(other => other.State is not AgreementState.Failed
                && !IsEqual(other.Id, agreement.Id)
                && IsEqual(other.SellerAccountId, agreement.SellerAccountId)
                && IsEqual(other.ProductCode, agreement.ProductCode))
            .Append(agreement).ToList();
        yield return catalogue.Put(product, agreement.CustomerIdentifier, SubscriptionBy(
            all.Where(held => IsEqual(held.CustomerIdentifier, agreement.CustomerIdentifier))));
        yield return catalogue.Put(product, agreement.BuyerAccountId, SubscriptionBy(
            all.Where(held => IsEqual(held.BuyerAccountId, agreement.BuyerAccountId))));
    }

    /// <summary>Subscribed by any that is active; else as long as any of them takes the last records.</summary>
    private static Subscription SubscriptionBy(IEnumerable<Agreement> agreements)
    {
        var held = agreements.ToList();
        return held.Exists(agreement => agreement.State is AgreementState.Active)
            ? new Subscription(SubscriptionState.Subscribed)
            : new Subscription(SubscriptionState.Unsubscribed, held.Max(agreement => agreement.FlushUntil));
    }

    private static bool IsEqual(string one, string other) => string.Equals(one, other, StringComparison.Ordinal);

    /// <summary>Hourly records bear the start of their hour, which may lie before the licence began.</summary>
    private static DateTimeOffset HourOf(DateTimeOffset moment) =>
        new(moment.UtcTicks - (moment.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);

    private static string RandomName() =>
        RandomNumberGenerator.GetHexString(16, lowercase: true).ToString(CultureInfo.InvariantCulture);
}
