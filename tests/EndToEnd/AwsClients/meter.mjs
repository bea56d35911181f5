// An application that meters through AWS's SDK for JavaScript. Arguments: registration token, seconds since 1970.
import {
  BatchMeterUsageCommand,
  MarketplaceMeteringClient,
  ResolveCustomerCommand,
} from '@aws-sdk/client-marketplace-metering';

const [token, seconds] = process.argv.slice(2);
const client = new MarketplaceMeteringClient({});
const customer = await client.send(new ResolveCustomerCommand({ RegistrationToken: token }));

const record = (second, quantity) => ({
  Timestamp: new Date((Number(seconds) + second) * 1000),
  CustomerIdentifier: customer.CustomerIdentifier,
  Dimension: 'calls',
  Quantity: quantity,
});

const meter = async (...records) => {
  const answer = await client.send(new BatchMeterUsageCommand({
    ProductCode: customer.ProductCode,
    UsageRecords: records,
  }));
  return answer.Results.map(result => result.Status);
};

const first = await meter(record(0, 3), record(1, 4));
console.log(JSON.stringify([...first, ...await meter(record(0, 3), record(1, 5))]));
