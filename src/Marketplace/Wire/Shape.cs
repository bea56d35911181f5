#nullable enable
using System.Text.Json;

namespace Amazon.AWSMarketplaceMetering.Wire;

/// <summary>A structure of the service model: a JSON object with the members listed, in the order listed.</summary>
internal sealed class Shape<T> : IJsonForm<T>
    where T : class, new()
{
    private readonly List<IMember> _members = [];

    private interface IMember
    {
        ReadOnlySpan<byte> Name { get; }

        void Write(Utf8JsonWriter writer, T owner);

        void Read(ref Utf8JsonReader reader, T owner);
    }

    /// <summary>Adds a member: its name on the wire, how it looks there, and where its value is.</summary>
    public Shape<T> With<TValue>(string name, IJsonForm<TValue> form, Func<T, TValue> get, Action<T, TValue> set)
    {
        _members.Add(new Member<TValue>(JsonEncodedText.Encode(name), form, get, set));
        return this;
    }

    public void Write(Utf8JsonWriter writer, T value)
    {
        writer.WriteStartObject();
        foreach (var member in _members)
            member.Write(writer, value);
        writer.WriteEndObject();
    }

    public T Read(ref Utf8JsonReader reader)
    {
        var value = new T();
        ReadInto(ref reader, value);
        return value;
    }

    private void ReadInto(ref Utf8JsonReader reader, T value)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw JsonForms.Unexpected(reader.TokenType, "an object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = Find(ref reader);
            _ = reader.Read();
            // What the service adds to the model later is no reason to fail.
            if (member is null)
                reader.Skip();
            else if (reader.TokenType != JsonTokenType.Null)
                member.Read(ref reader, value);
        }
    }

    private IMember? Find(ref Utf8JsonReader reader)
    {
        foreach (var member in _members)
        {
            if (reader.ValueTextEquals(member.Name))
                return member;
        }

        return null;
    }

    private sealed class Member<TValue>(
        JsonEncodedText name, IJsonForm<TValue> form, Func<T, TValue> get, Action<T, TValue> set) : IMember
    {
        public ReadOnlySpan<byte> Name => name.EncodedUtf8Bytes;

        public void Write(Utf8JsonWriter writer, T owner)
        {
            var value = get(owner);
            if (!form.IsSet(value))
                return;
            writer.WritePropertyName(name);
            form.Write(writer, value);
        }

        public void Read(ref Utf8JsonReader reader, T owner) => set(owner, form.Read(ref reader));
    }
}
