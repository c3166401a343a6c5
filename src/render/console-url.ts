import type { LogEvent } from '../logs/event.js';
import { consoleHosts, partitionOf } from '../partition.js';

/** The address of an event in the CloudWatch console, which opens its stream at that place. */
export function toConsoleUrl({ region, logGroupName, logStreamName, eventId }: LogEvent): string {
  const group = encodeTwice(logGroupName.startsWith('arn:') ? nameOfArn(logGroupName) : logGroupName);
  const at = eventId === '' ? '' : encodeOnce(`?refEventId=${eventId}`);
  const path = `log-groups/log-group/${group}/log-events/${encodeTwice(logStreamName)}${at}`;
  return `https://${region}.${consoleHosts[partitionOf(region)]}/cloudwatch/home?region=${region}#logsV2:${path}`;
}

function nameOfArn(arn: string): string {
  return arn.split(':')[6] ?? arn;
}

/** The console writes `$` for the `%` of an encoded fragment. */
function encodeOnce(text: string): string {
  return encodeURIComponent(text).replaceAll('%', '$');
}

function encodeTwice(text: string): string {
  return encodeOnce(encodeURIComponent(text));
}
