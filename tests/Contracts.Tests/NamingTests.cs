using System.Reflection;

namespace Tally.Contracts.Tests;

/// <summary>
/// Names and numbers that are written to disk and between versions don't depend on the names in the source.
/// </summary>
public sealed class NamingTests
{
    [Fact]
    public void Types_OfContracts_AreFound()
    {
        Assert.Contains(typeof(Customers.UsageBatch), ContractTypes.Messages);
        Assert.Contains(typeof(Customers.ICustomerGrain), ContractTypes.Interfaces);
    }

    [Fact]
    public void Messages_AndInterfaces_HaveAliasesOfTheirOwn()
    {
        var types = ContractTypes.Messages.Concat(ContractTypes.Interfaces).ToArray();
        Assert.All(types, type => Assert.False(string.IsNullOrEmpty(Alias(type)), $"{type} has no alias."));
        AssertDistinct(types.Select(Alias), "Contracts");
    }

    [Fact]
    public void Methods_OfEveryInterface_HaveAliasesOfTheirOwn() => Assert.All(ContractTypes.Interfaces, type =>
    {
        var methods = type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly);
        Assert.All(
            methods, method => Assert.False(string.IsNullOrEmpty(Alias(method)), $"{type}.{method} has no alias."));
        AssertDistinct(methods.Select(Alias), type.Name);
    });

    [Fact]
    public void Members_OfEveryMessage_HaveNumbersOfTheirOwn() => Assert.All(ContractTypes.Messages, type =>
    {
        var stored = type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
            .Where(property => property.CanWrite)
            .ToArray();
        Assert.All(stored, property => Assert.NotNull(property.GetCustomAttribute<IdAttribute>()));
        AssertDistinct(stored.Select(property => $"{property.GetCustomAttribute<IdAttribute>()!.Id}"), type.Name);
    });

    private static string? Alias(MemberInfo member) =>
        member.GetCustomAttribute<AliasAttribute>(inherit: false)?.Alias;

    private static void AssertDistinct(IEnumerable<string?> names, string where)
    {
        var twice = names.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => group.Key);
        Assert.True(!twice.Any(), $"{where}: {string.Join(", ", twice)} is there twice.");
    }
}
