// Reads jobs as lines of JSON, calls the service with AWS's SDK for JavaScript, writes outcomes as lines of JSON.
import { createRequire } from "node:module";
import readline from "node:readline";
import * as metering from "@aws-sdk/client-marketplace-metering";

/** Timestamps are dates to this SDK. */
function withDates(value, name) {
  if (name === "Timestamp" && typeof value === "number") return new Date(value * 1000);
  if (Array.isArray(value)) return value.map((item) => withDates(item));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withDates(member, key)]));
}

async function outcome(client, call) {
  const command = new metering[`${call.operation}Command`](withDates(call.parameters));
  const addHeaders = (next) => (args) => {
    Object.assign(args.request.headers, call.headers);
    return next(args);
  };
  command.middlewareStack.add(addHeaders, { step: "build" });
  try {
    const { $metadata, ...result } = await client.send(command);
    return { status: $metadata.httpStatusCode, result };
  } catch (error) {
    if (error.$metadata?.httpStatusCode === undefined) return { cannot: `${error.name}: ${error.message}` };
    return { code: error.name, message: error.message, status: error.$metadata.httpStatusCode };
  }
}

async function run() {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const job = JSON.parse(line);
    const client = new metering.MarketplaceMeteringClient({
      endpoint: job.endpoint,
      region: job.region,
      credentials: { accessKeyId: job.accessKey, secretAccessKey: job.secret },
      maxAttempts: 1,
    });
    const outcomes = [];
    for (const call of job.calls) outcomes.push(await outcome(client, call));
    console.log(JSON.stringify(outcomes));
    client.destroy();
  }
}

if (process.argv[2] === "describe") {
  const { version } = createRequire(import.meta.url)("@aws-sdk/client-marketplace-metering/package.json");
  console.log(JSON.stringify({ version }));
} else {
  await run();
}
