import { CloudWatchLogsClient, type FilteredLogEvent } from '@aws-sdk/client-cloudwatch-logs';
import { mockClient } from 'aws-sdk-client-mock';
import { ServiceError } from '../../src/errors.js';
import type { LogEvent } from '../../src/logs/event.js';

/** A client that never gets as far as the network, and the mock that answers for it. */
export function createMockedClient(region = 'eu-west-1') {
  const client = new CloudWatchLogsClient({ region, credentials: { accessKeyId: 'x', secretAccessKey: 'x' } });
  return { client, mock: mockClient(client) };
}

/** An exception as the SDK throws it. */
export function toException(name: string, message: string, more: object = {}): Error {
  return Object.assign(new Error(message), { name, ...more });
}

/** A failure as a client of ours throws it. */
export function toFailure(name: string, message: string, { operation = 'FilterLogEvents', logGroup = '/app' } = {}) {
  return new ServiceError({ operation, cause: toException(name, message), region: 'eu-west-1', logGroup });
}

/** What the service says of a group that is not there. */
export function toMissingGroup(logGroup: string, operation = 'FilterLogEvents'): ServiceError {
  return toFailure('ResourceNotFoundException', 'The specified log group does not exist.', { operation, logGroup });
}

/** An event as the service sends it. */
export function toReceived(timestamp: number, parts: FilteredLogEvent = {}): FilteredLogEvent {
  const message = `at ${timestamp}`;
  return { timestamp, ingestionTime: timestamp + 5, message, eventId: `e${timestamp}`, logStreamName: 's', ...parts };
}

/** An event as cwlogs hands it on. */
export function toEvent(parts: Partial<LogEvent>): LogEvent {
  return {
    timestamp: 0,
    ingestionTime: 0,
    message: '',
    eventId: '1',
    logStreamName: 's',
    logGroupName: '/app',
    region: 'eu-west-1',
    ...parts,
  };
}

/** Reads to the end. */
export async function collect<Value>(values: AsyncIterable<Value>): Promise<Value[]> {
  const collected: Value[] = [];
  for await (const value of values) collected.push(value);
  return collected;
}
