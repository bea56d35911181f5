using System.Text.Json;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Tally.Contracts.Customers;
using Tally.Contracts.Entitlement;
using Tally.Domain.Quantities;

namespace Tally.Contracts.Tests;

/// <summary>What one actor sends another one gets, also from another machine.</summary>
public sealed class SerializationTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddTallyContracts().BuildServiceProvider();

    public static TheoryData<int> Indexes => [.. Enumerable.Range(0, MessageSamples.All.Count)];

    private Serializer Serializer => _services.GetRequiredService<Serializer>();

    [Theory]
    [MemberData(nameof(Indexes))]
    public void Serialize_EveryMessage_ComesBackTheSame(int index)
    {
        var message = MessageSamples.All[index];
        var copy = Serializer.Deserialize<object>(Serializer.SerializeToArray(message));
        Assert.IsType(message.GetType(), copy);
        Assert.NotSame(message, copy);
        Assert.Equal(Describe(message), Describe(copy));
    }

    [Theory]
    [MemberData(nameof(Indexes))]
    public void Copy_EveryMessage_IsTheSame(int index)
    {
        var message = MessageSamples.All[index];
        var copy = _services.GetRequiredService<DeepCopier>().Copy(message);
        Assert.Equal(Describe(message), Describe(copy));
    }

    [Fact]
    public void Serialize_RandomQuantities_ComeBackTheSame() => Gen.Select(Gen.Long, Gen.ULong).Sample((high, low) =>
    {
        var quantity = new Quantity(((Int128)high << 64) | low);
        var message = new OpenAccumulator("calls", DateTimeOffset.UnixEpoch, quantity, 1);
        Assert.Equal(message, Serializer.Deserialize<OpenAccumulator>(Serializer.SerializeToArray(message)));
    });

    [Fact]
    public void Serialize_ListsOfDomainValues_ComeBackTheSame()
    {
        // As grain methods take and return them.
        IReadOnlyList<Domain.Sealing.Settlement> list =
            [.. MessageSamples.All.OfType<Domain.Sealing.Settlement>()];
        var copy = Serializer.Deserialize<IReadOnlyList<Domain.Sealing.Settlement>>(Serializer.SerializeToArray(list));
        Assert.NotEmpty(list);
        Assert.Equal(list, copy);
    }

    [Fact]
    public void Serialize_Exception_KeepsItsKindAndMessage()
    {
        var inner = new InvalidOperationException(MessageSamples.HardText);
        var exception = new UsageStoreUnavailableException("disk", inner);
        var copy = Serializer.Deserialize<Exception>(Serializer.SerializeToArray<Exception>(exception));
        Assert.Equal("disk", Assert.IsType<UsageStoreUnavailableException>(copy).Message);
        Assert.Equal(MessageSamples.HardText, Assert.IsType<InvalidOperationException>(copy.InnerException).Message);
    }

    [Theory]
    [InlineData(typeof(NotEntitledException))]
    [InlineData(typeof(EntitlementUnknownException))]
    public void Serialize_Refusal_KeepsItsKindAndMessage(Type type)
    {
        var exception = (Exception)Activator.CreateInstance(type, MessageSamples.HardText)!;
        var copy = Serializer.Deserialize<Exception>(Serializer.SerializeToArray<Exception>(exception));
        Assert.IsType(type, copy);
        Assert.Equal(MessageSamples.HardText, copy.Message);
    }

    [Fact]
    public void Samples_OfEveryMessage_AreThere()
    {
        var sampled = MessageSamples.All.Select(message => message.GetType()).ToHashSet();
        var missing = ContractTypes.Messages.Concat(ContractTypes.ExchangedDomainValues)
            .Where(type => !type.IsAssignableTo(typeof(Exception)) && !sampled.Contains(type));
        Assert.Empty(missing);
    }

    [Fact]
    public void Exchanged_DomainValues_AreFoundInSignatures() =>
        Assert.Contains(typeof(Domain.Catalogue.ProductConfig), ContractTypes.ExchangedDomainValues);

    public void Dispose() => _services.Dispose();

    private static string Describe(object message) => JsonSerializer.Serialize(message, message.GetType());
}
