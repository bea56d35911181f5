using System.Reflection;

namespace Tally.Contracts.Tests;

/// <summary>What Contracts consists of.</summary>
internal static class ContractTypes
{
    private static readonly Type[] Types = typeof(ContractSerialization).Assembly.GetTypes();

    /// <summary>The messages between actors.</summary>
    public static IReadOnlyList<Type> Messages { get; } =
        [.. Types.Where(type => type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false))];

    /// <summary>The actors' interfaces.</summary>
    public static IReadOnlyList<Type> Interfaces { get; } =
        [.. Types.Where(type => type.IsInterface && type.IsAssignableTo(typeof(IGrain)))];

    /// <summary>Values of Domain that methods of actors take or return, alone or in lists.</summary>
    public static IReadOnlyList<Type> ExchangedDomainValues { get; } =
    [
        .. Interfaces
            .SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType)
                .Append(method.ReturnType))
            .SelectMany(Innermost)
            .Where(type => type.Namespace?.StartsWith("Tally.Domain", StringComparison.Ordinal) == true)
            .Distinct(),
    ];

    private static IEnumerable<Type> Innermost(Type type) =>
        type.IsGenericType ? type.GetGenericArguments().SelectMany(Innermost) : [type];
}
