namespace Tally.Emulator.Wire;

/// <summary>One operation of the service: reads the clock, asks the rules, stores, answers.</summary>
internal interface IMeteringOperation
{
    /// <summary>Its name in <c>X-Amz-Target</c>.</summary>
    string Name { get; }

    /// <exception cref="AwsJsonException">A member of the body has another type than the model says.</exception>
    ValueTask<Answer> CarryOutAsync(MeteringCall call);
}
