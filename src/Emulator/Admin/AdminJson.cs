using System.Text.Json;
using System.Text.Json.Serialization;
using Tally.Emulator.Deployments;
using Tally.Emulator.Notifications;
using Tally.Emulator.Subscriptions;

namespace Tally.Emulator.Admin;

/// <summary>The JSON of the emulator's own endpoints: camel case, and no member that nobody knows.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    NumberHandling = JsonNumberHandling.Strict,
    Converters = [typeof(SubscriptionStateJson), typeof(AgreementStateJson), typeof(MeterUsageModeJson)])]
[JsonSerializable(typeof(ProductDeclaration))]
[JsonSerializable(typeof(Dictionary<string, ProductDeclaration>))]
[JsonSerializable(typeof(FaultPlan))]
[JsonSerializable(typeof(IReadOnlyList<RecordedCall>))]
[JsonSerializable(typeof(IReadOnlyList<MeteredRecord>))]
[JsonSerializable(typeof(IReadOnlyList<MeteredAllocation>))]
[JsonSerializable(typeof(OpenPoints))]
[JsonSerializable(typeof(ClockRequest))]
[JsonSerializable(typeof(ClockReply))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(NotificationRequest))]
[JsonSerializable(typeof(NotificationSubscription))]
[JsonSerializable(typeof(IReadOnlyList<NotificationSubscription>))]
[JsonSerializable(typeof(IReadOnlyList<Delivery>))]
[JsonSerializable(typeof(BuyerRequest))]
[JsonSerializable(typeof(Buyer))]
[JsonSerializable(typeof(IReadOnlyList<Buyer>))]
[JsonSerializable(typeof(AgreementRequest))]
[JsonSerializable(typeof(RenewalRequest))]
[JsonSerializable(typeof(Agreement))]
[JsonSerializable(typeof(IReadOnlyList<Agreement>))]
[JsonSerializable(typeof(IReadOnlyList<Notice>))]
[JsonSerializable(typeof(KeyRotationRequest))]
[JsonSerializable(typeof(KeyReply))]
[JsonSerializable(typeof(IReadOnlyList<KeyReply>))]
[JsonSerializable(typeof(TokenRequest))]
[JsonSerializable(typeof(TokenReply))]
internal sealed partial class AdminJson : JsonSerializerContext;
