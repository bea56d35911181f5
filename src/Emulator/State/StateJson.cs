using System.Text.Json;
using System.Text.Json.Serialization;
using Tally.Emulator.Catalogue;
using Tally.Emulator.Clock;
using Tally.Emulator.Deployments;
using Tally.Emulator.Notifications;
using Tally.Emulator.Queues;
using Tally.Emulator.Subscriptions;

namespace Tally.Emulator.State;

/// <summary>The JSON of what is kept: a storage format, so members are only ever added.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(Product))]
[JsonSerializable(typeof(Subscription))]
[JsonSerializable(typeof(License))]
[JsonSerializable(typeof(BuyerIdentity))]
[JsonSerializable(typeof(RegisteredCustomer))]
[JsonSerializable(typeof(ClockSetting))]
[JsonSerializable(typeof(Queue))]
[JsonSerializable(typeof(QueueMessage))]
[JsonSerializable(typeof(NotificationSubscription))]
[JsonSerializable(typeof(Delivery))]
[JsonSerializable(typeof(SigningPem))]
[JsonSerializable(typeof(Buyer))]
[JsonSerializable(typeof(Agreement))]
[JsonSerializable(typeof(Notice))]
[JsonSerializable(typeof(TokenUse))]
[JsonSerializable(typeof(ProductKey))]
[JsonSerializable(typeof(Registration))]
[JsonSerializable(typeof(IReadOnlyList<MeteredAllocation>))]
internal sealed partial class StateJson : JsonSerializerContext;
