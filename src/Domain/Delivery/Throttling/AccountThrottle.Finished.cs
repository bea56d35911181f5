using Tally.Domain.Catalogue;

namespace Tally.Domain.Delivery.Throttling;

/// <content>What is learnt from how calls end.</content>
public sealed partial class AccountThrottle
{
    /// <summary>Reports how a call ended.</summary>
    /// <param name="now">The present moment; never less than before.</param>
    /// <param name="callId">The call. One that isn't known, or no longer, is ignored.</param>
    /// <param name="end">How it ended.</param>
    public void Finished(DateTimeOffset now, long callId, CallEnd end)
    {
        if (!_calls.Remove(callId, out var call))
        {
            return;
        }

        var product = Find(call.Product);
        product.CallsUnderWay--;
        _answerSeconds += 0.2 * (Math.Max(0, (now - call.StartedAt).TotalSeconds) - _answerSeconds);
        switch (end.Error)
        {
            case null or CallVerdict.RecordAtFault:
                Taken(now, product, call);
                return;
            case CallVerdict.Throttled:
                Refused(now, product, call, end);
                return;
            case CallVerdict.Transient:
                product.Failed(now, call.FailureEpoch, end, _options);
                break;
            case CallVerdict.ProductAtFault:
                product.Failed(now, call.FailureEpoch, end, _options);
                product.Pause(now + _options.ProbeInterval);
                break;
        }

        if (end.RetryAfter is { } wait)
        {
            product.Pause(now + _options.Believed(wait));
        }
    }

    private void Taken(DateTimeOffset now, ProductThrottle product, UnderWay call)
    {
        product.Answered(call.FailureEpoch);
        _rate.Accepted(call.Account.Epoch, call.Account.IsPaced);
        _suspicion = _suspicion.WithTaken(call.Product);
        if (product.Own is not { } own || call.Own is not { } known)
        {
            return;
        }

        own.Accepted(known.Epoch, known.IsPaced);
        if (own.State.Rate >= _rate.State.Rate || now - product.OwnSince > OwnRateAge)
        {
            product.Own = null;
        }
    }

    private void Refused(DateTimeOffset now, ProductThrottle product, UnderWay call, CallEnd end)
    {
        if (product.Own is { } own)
        {
            own.Refused(now, call.Own?.Epoch ?? -1, end);
            return;
        }

        if (call.Account.Epoch == _rate.State.Epoch)
        {
            _suspicion = _suspicion.WithRefused(call.Product, _rate.State);
            if (_suspicion.IsProven)
            {
                GiveOwnRate(now, product, end);
                return;
            }
        }

        _rate.Refused(now, call.Account.Epoch, end);
    }

    private void GiveOwnRate(DateTimeOffset now, ProductThrottle product, CallEnd end)
    {
        var rate = Math.Max(_options.Rate.Least, _rate.State.Rate * _suspicion.Share);
        product.Own = new(new(rate, 0, 0, 0), _options);
        product.OwnSince = now;
        product.Own.Refused(now, 0, end);
        _rate.Restore(_suspicion.Before);
        _suspicion = default;
    }

    /// <summary>Forgets calls that nobody will report, and products that nothing is to be remembered about.</summary>
    private void Tidy(DateTimeOffset now)
    {
        if (now - _tidied < TidyInterval && _calls.Count < _options.CallsMax)
        {
            return;
        }

        _tidied = now;
        foreach (var (id, call) in _calls.Where(pair => now - pair.Value.StartedAt > _options.CallTimeMax))
        {
            _calls.Remove(id);
            Find(call.Product).CallsUnderWay--;
        }

        foreach (var (key, _) in _products.Where(pair => pair.Value.IsForgettable(now, _options.Slack)))
        {
            _products.Remove(key);
        }
    }
}
