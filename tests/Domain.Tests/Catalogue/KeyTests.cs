using CsCheck;
using Tally.Domain.Catalogue;

namespace Tally.Domain.Tests.Catalogue;

public sealed class KeyTests
{
    private static readonly Gen<string> Tenant =
        Gen.OneOf('a', 'b', '0', '-').Array[1, 3].Select(letters => new string(letters));

    private static readonly Gen<string> Code =
        Gen.OneOf('a', 'B', '/', '=', ':', '_', '.', '@', '-').Array[1, 3].Select(letters => new string(letters));

    private static readonly Gen<string> Customer =
        Gen.OneOf('a', 'B', '|', ' ', '\u4e2d', '\n').Array[1, 4].Select(letters => new string(letters));

    private static readonly Gen<CustomerKey> Key = Gen.Select(
        Tenant, Code, Customer, (tenant, code, customer) => new CustomerKey(new(tenant, code), customer));

    [Fact]
    public void Parse_WhatToStringWrote_IsTheSameKey() => Key.Sample(
        key =>
        {
            Assert.True(Names.IsTenant(key.Product.Tenant) && Names.IsProductCode(key.Product.Code));
            Assert.Equal(key, CustomerKey.Parse(key.ToString()));
            Assert.Equal(key.Product, ProductKey.Parse(key.Product.ToString()));
        },
        iter: 5_000);

    [Fact]
    public void ToString_DifferentKeys_AreDifferentTexts() => Gen.Select(Key, Key).Sample(
        (one, other) =>
        {
            Assert.Equal(one == other, one.ToString() == other.ToString());
            Assert.Equal(one.Product == other.Product, one.Product.ToString() == other.Product.ToString());
        },
        iter: 20_000);

    [Fact]
    public void ToString_Key_JoinsItsPartsByBars() =>
        Assert.Equal("acme|prod-1|a|b", new CustomerKey(new("acme", "prod-1"), "a|b").ToString());

    [Theory]
    [InlineData("")]
    [InlineData("acme")]
    [InlineData("acme|product")]
    [InlineData("acme|product|")]
    [InlineData("|product|customer")]
    [InlineData("acme||customer")]
    public void Parse_TextThatIsNoCustomerKey_IsAFormatException(string text) =>
        Assert.Throws<FormatException>(() => CustomerKey.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("acme")]
    [InlineData("acme|")]
    [InlineData("|product")]
    [InlineData("acme|product|customer")]
    public void Parse_TextThatIsNoProductKey_IsAFormatException(string text) =>
        Assert.Throws<FormatException>(() => ProductKey.Parse(text));
}
