using System.Text.Json;
using System.Text.Json.Serialization;
using Tally.Api.Compatibility.Keys;
using Tally.Api.Credentials;
using Tally.Api.Customers;
using Tally.Api.Errors;
using Tally.Api.Events;
using Tally.Api.Ledger;
using Tally.Api.Moves;
using Tally.Api.Products;
using Tally.Api.Reconciliation;
using Tally.Api.Records;
using Tally.Api.Subscriptions;
using Tally.Api.Tenants;

namespace Tally.Api.Hosting;

/// <summary>How everything but events is written and read as JSON, generated at compile time.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    AllowDuplicateProperties = false,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    PropertyNameCaseInsensitive = false,
    NumberHandling = JsonNumberHandling.Strict,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    Converters = [typeof(QuantityConverter)])]
[JsonSerializable(typeof(ProblemDocument))]
[JsonSerializable(typeof(ProductRequest))]
[JsonSerializable(typeof(ProductAnswer))]
[JsonSerializable(typeof(ProductListAnswer))]
[JsonSerializable(typeof(CustomerRequest))]
[JsonSerializable(typeof(CustomerAnswer))]
[JsonSerializable(typeof(CustomerListAnswer))]
[JsonSerializable(typeof(UsageAnswer))]
[JsonSerializable(typeof(ReconciliationAnswer))]
[JsonSerializable(typeof(StatusAnswer))]
[JsonSerializable(typeof(ReasonRequest))]
[JsonSerializable(typeof(CorrectionRequest))]
[JsonSerializable(typeof(HeldRecordAnswer))]
[JsonSerializable(typeof(RecordListAnswer))]
[JsonSerializable(typeof(LedgerAnswer))]
[JsonSerializable(typeof(EvidenceAnswer))]
[JsonSerializable(typeof(SubscriptionRequest))]
[JsonSerializable(typeof(SubscriptionAnswer))]
[JsonSerializable(typeof(TenantRequest))]
[JsonSerializable(typeof(TenantAnswer))]
[JsonSerializable(typeof(TenantListAnswer))]
[JsonSerializable(typeof(CredentialsRequest))]
[JsonSerializable(typeof(CredentialsAnswer))]
[JsonSerializable(typeof(FreezeRequest))]
[JsonSerializable(typeof(ThawRequest))]
[JsonSerializable(typeof(MovedRequest))]
[JsonSerializable(typeof(StandingAnswer))]
[JsonSerializable(typeof(ImportAnswer))]
[JsonSerializable(typeof(KeyRequest))]
[JsonSerializable(typeof(KeyAnswer))]
[JsonSerializable(typeof(KeyListAnswer))]
[JsonSerializable(typeof(AccessKeyRequest))]
[JsonSerializable(typeof(AccessKeyAnswer))]
[JsonSerializable(typeof(AccessKeyListAnswer))]
[JsonSerializable(typeof(EventRequest))]
[JsonSerializable(typeof(EventsAnswerDocument))]
internal sealed partial class ApiJsonContext : JsonSerializerContext;
