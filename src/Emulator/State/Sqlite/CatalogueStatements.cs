using Microsoft.Data.Sqlite;
using Tally.Emulator.Catalogue;

namespace Tally.Emulator.State.Sqlite;

/// <summary>Keeps the declared products: the same merge as in memory, and the way back.</summary>
internal static class CatalogueStatements
{
    public static void Save(SqliteConnection connection, string code, ProductDeclaration declaration)
    {
        connection.Execute(
            "INSERT INTO products VALUES($code, $open) ON CONFLICT DO UPDATE SET open_to_all = $open",
            ("$code", code),
            ("$open", declaration.OpenToAll ? 1 : 0));
        connection.Execute("DELETE FROM dimensions WHERE product = $code", ("$code", code));
        foreach (var dimension in declaration.Dimensions)
        {
            connection.Execute(
                "INSERT INTO dimensions VALUES($code, $name) ON CONFLICT DO NOTHING",
                ("$code", code),
                ("$name", dimension));
        }

        foreach (var (customer, state) in declaration.Customers)
        {
            connection.Execute(
                "INSERT OR REPLACE INTO customers VALUES($code, $customer, $subscribed)",
                ("$code", code),
                ("$customer", customer),
                ("$subscribed", state is SubscriptionState.Subscribed ? 1 : 0));
        }

        foreach (var (arn, account) in declaration.Licenses)
        {
            connection.Execute(
                "INSERT OR REPLACE INTO licenses VALUES($arn, $code, $account)",
                ("$arn", arn),
                ("$code", code),
                ("$account", account));
        }
    }

    /// <summary>All that was declared, as one declaration for each product.</summary>
    public static ProductCatalogue Load(SqliteConnection connection)
    {
        var dimensions = Pairs(connection, "SELECT product, name FROM dimensions");
        var customers = Pairs(connection, "SELECT product, customer FROM customers WHERE subscribed = 1");
        var former = Pairs(connection, "SELECT product, customer FROM customers WHERE subscribed = 0");
        var licenses = Pairs(connection, "SELECT product, account || ' ' || arn FROM licenses");
        var catalogue = ProductCatalogue.Empty;
        foreach (var (code, isOpen) in Products(connection))
        {
            catalogue = catalogue.Declare(code, new ProductDeclaration
            {
                OpenToAll = isOpen,
                Dimensions = [.. dimensions[code]],
                Customers = customers[code].Select(customer => (customer, State: SubscriptionState.Subscribed))
                    .Concat(former[code].Select(customer => (customer, State: SubscriptionState.Unsubscribed)))
                    .ToDictionary(pair => pair.customer, pair => pair.State, StringComparer.Ordinal),
                Licenses = licenses[code].Select(text => text.Split(' ', 2))
                    .ToDictionary(parts => parts[1], parts => parts[0], StringComparer.Ordinal),
            });
        }

        return catalogue;
    }

    private static List<(string Code, bool IsOpen)> Products(SqliteConnection connection)
    {
        using var command = connection.Command("SELECT code, open_to_all FROM products");
        using var reader = command.ExecuteReader();
        var products = new List<(string, bool)>();
        while (reader.Read())
            products.Add((reader.GetString(0), reader.GetInt64(1) != 0));
        return products;
    }

    private static ILookup<string, string> Pairs(SqliteConnection connection, string sql)
    {
        using var command = connection.Command(sql);
        using var reader = command.ExecuteReader();
        var pairs = new List<(string Product, string Value)>();
        while (reader.Read())
            pairs.Add((reader.GetString(0), reader.GetString(1)));
        return pairs.ToLookup(pair => pair.Product, pair => pair.Value, StringComparer.Ordinal);
    }
}
