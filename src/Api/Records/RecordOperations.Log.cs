using Microsoft.Extensions.Logging;
using Tally.Domain.Sealing;

namespace Tally.Api.Records;

/// <content>What is logged of acts.</content>
internal sealed partial class RecordOperations
{
    private static partial class Log
    {
        [LoggerMessage(
            2301, LogLevel.Information,
            "{Act} of the record {Dimension}, {Hour} of customer {Customer}, product {Product} by the key '{Key}' "
            + "({KeyId}): {Status}.")]
        public static partial void Amended(
            ILogger logger,
            RecordAct act,
            string dimension,
            string hour,
            string customer,
            string product,
            string key,
            string keyId,
            AmendStatus status);
    }
}
