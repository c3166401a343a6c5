// What a program does that puts lines by the SDK, one full batch after another: node bare-put.js URL GROUP < lines
import { createInterface } from 'node:readline';
import { CloudWatchLogsClient, type InputLogEvent, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';

const [endpoint = '', logGroupName = ''] = process.argv.slice(2);
const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
const client = new CloudWatchLogsClient({ endpoint, region: 'us-east-1', credentials });
const maxBatchEvents = 10_000;

let logEvents: InputLogEvent[] = [];
for await (const message of createInterface({ input: process.stdin })) {
  logEvents.push({ timestamp: Date.now(), message });
  if (logEvents.length === maxBatchEvents) await put();
}
if (logEvents.length > 0) await put();
client.destroy();

async function put(): Promise<void> {
  await client.send(new PutLogEventsCommand({ logGroupName, logStreamName: 's', logEvents }));
  logEvents = [];
}
