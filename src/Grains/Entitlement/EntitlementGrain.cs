using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Tally.Contracts.Entitlement;
using Tally.Domain.Catalogue;
using Tally.Domain.Delivery;
using Tally.Domain.Entitlement;
using Tally.Grains.Delivery;
using Tally.Grains.Hosting;
using Tally.Grains.Products;

namespace Tally.Grains.Entitlement;

/// <summary>
/// Knows whether the buyer may use a product. Stores nothing: a restarted process asks anew, as a container has to.
/// </summary>
/// <remarks>
/// Registering can only be refused the first time that a task or pod does it; later MeterUsage is what says that the
/// buyer has left. So once registered, a refusal is taken back only by MeterUsage: a record that AWS takes, or a dry
/// run.
/// </remarks>
[Reentrant]
internal sealed partial class EntitlementGrain(
    IMarketplaceClients clients,
    IPublishedKeys keys,
    CatalogueCache catalogue,
    IOptions<TallyOptions> options,
    [FromKeyedServices(TallyTime.Key)] TimeProvider clock,
    ILogger<EntitlementGrain> logger) : Grain, IEntitlementGrain
{
    /// <summary>How long whoever asks first waits for AWS's first answer.</summary>
    private static readonly TimeSpan FirstAnswerWait = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _firstAnswer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ProductKey _product;
    private PublishedKey? _key;
    private EntitlementCheck _check = null!;
    private EntitlementStatus _status = null!;
    private TaskCompletionSource _refused = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _asking = Task.CompletedTask;
    private bool _isRegistered;
    private int _failures;
    private int _heard;

    /// <inheritdoc />
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _product = ProductKey.Parse(this.GetPrimaryKeyString());
        _key = keys.For(_product);
        await clients.Prepare(_product.Tenant);
        _check = new(clients.For(_product), _product.Code, clock);
        _status = new(EntitlementVerdict.Unknown, null, "AWS has not been asked yet.", clock.GetUtcNow());
        _asking = Run(_stopping.Token);
    }

    /// <inheritdoc />
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _asking.WaitAsync(cancellationToken).ConfigureAwait(
            ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        _stopping.Dispose();
    }

    /// <inheritdoc />
    public async Task<EntitlementStatus> Get()
    {
        if (!_firstAnswer.Task.IsCompleted)
        {
            await _firstAnswer.Task.WaitAsync(FirstAnswerWait, clock).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        return _status;
    }

    /// <inheritdoc />
    public Task Heard(string? code, string? message)
    {
        _heard++;
        Note(code is null
            ? new(EntitlementVerdict.Entitled, null, null)
            : new(EntitlementVerdict.NotEntitled, code, message));
        return Task.CompletedTask;
    }

    /// <summary>Asks until the answer is yes, and again from when it is no any more.</summary>
    private async Task Run(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                if (_status.Verdict == EntitlementVerdict.Entitled)
                {
                    await _refused.Task.WaitAsync(cancellationToken);
                }
                else
                {
                    await AskOnce(cancellationToken);
                    _firstAnswer.TrySetResult();
                }

                if (_status.Verdict != EntitlementVerdict.Entitled)
                {
                    await Task.Delay(Pause(), clock, cancellationToken);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Log.Stopped(logger, _product.ToString());
        }
    }

    private async Task AskOnce(CancellationToken cancellationToken)
    {
        try
        {
            var heard = _heard;
            var answer = await Ask(cancellationToken);

            // What a delivery said meanwhile is newer.
            if (heard == _heard)
            {
                Note(answer);
            }
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            _failures++;
            Log.AskingFailed(logger, exception, _product.ToString());
        }
    }

    private async Task<EntitlementAnswer> Ask(CancellationToken cancellationToken)
    {
        if (_key is { } key && !_isRegistered)
        {
            var answer = await _check.Register(key, cancellationToken);
            _isRegistered = answer.Verdict == EntitlementVerdict.Entitled;
            if (answer.KeyRotatedAt is { } when)
            {
                Log.KeyRotated(logger, _product.ToString(), key.Version, when);
            }

            return answer;
        }

        var product = await catalogue.Get(_product);
        return product?.Dimensions.FirstOrDefault(dimension => !dimension.Retired) is { } dimension
            ? await _check.DryRun(dimension.Name, cancellationToken)
            : new(EntitlementVerdict.Unknown, null, "The product has no dimension to ask by.");
    }

    private void Note(EntitlementAnswer answer)
    {
        var isNews = _status.Verdict != answer.Verdict || _status.Code != answer.Code;
        _failures = answer.Verdict == EntitlementVerdict.Unknown ? _failures + 1 : 0;
        switch (answer.Verdict)
        {
            case EntitlementVerdict.Entitled when isNews:
                _refused = new(TaskCreationOptions.RunContinuationsAsynchronously);
                Log.Entitled(logger, _product.ToString());
                break;
            case EntitlementVerdict.NotEntitled when isNews:
                _refused.TrySetResult();
                Log.Refused(logger, _product.ToString(), answer.Code, answer.Message);
                break;
            case EntitlementVerdict.Unknown when isNews:
                Log.NotKnown(logger, _product.ToString(), answer.Code, answer.Message);
                break;
        }

        // Not to have been answered is no reason to think otherwise than before.
        if (isNews && !(answer.Verdict == EntitlementVerdict.Unknown && _status.Verdict != EntitlementVerdict.Unknown))
        {
            _status = new(answer.Verdict, answer.Code, answer.Message, clock.GetUtcNow());
        }
    }

    private TimeSpan Pause() => _status.Verdict == EntitlementVerdict.NotEntitled
        ? options.Value.ProbeInterval
        : Backoff.Delay(
            Math.Max(1, _failures), options.Value.RetryFirst, options.Value.RetryMost, Random.Shared.NextDouble());
}
