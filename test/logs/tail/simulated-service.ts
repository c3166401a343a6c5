import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  type DescribeLogGroupsCommandInput,
  DescribeLogStreamsCommand,
  type FilteredLogEvent,
  FilterLogEventsCommand,
  type FilterLogEventsCommandInput,
  StartLiveTailCommand,
  type StartLiveTailCommandInput,
} from '@aws-sdk/client-cloudwatch-logs';
import type { LogEvent } from '../../../src/logs/event.js';
import { compareEvents } from '../../../src/logs/read/merge.js';
import { toException, toFailure, toMissingGroup } from '../fixtures.js';
import type { Arrival } from './simulation.js';
import type { TimedClock } from './timed-clock.js';

/** An event, when it can first be read, and when Live Tail shows it; not at all where that is left out. */
export interface LiveArrival extends Arrival {
  readonly liveMs?: number | undefined;
}

/** How a session goes. */
export interface SessionPlan {
  readonly lastsMs: number;
  readonly ending: 'timeout' | 'break' | 'silence' | 'clean';
  /** Whether its updates say that they left events out. */
  readonly sampled?: boolean;
}

/** What a simulated service does besides answering well. */
export interface ServiceBehaviour {
  readonly latencyMs?: number;
  readonly pageSize?: number;
  /** What a request fails with. */
  readonly failure?: (operation: string, logGroup: string) => Error | undefined;
  /** Whether a group has a stream at the moment; default: it has each that is asked for. */
  readonly hasStream?: (logGroup: string, stream: string) => boolean;
  /** How the session with this number goes; default: it lasts. */
  readonly session?: (index: number) => SessionPlan;
}

/** A request as it was made, and when. */
interface Asked {
  readonly operation: string;
  readonly input: FilterLogEventsCommandInput & StartLiveTailCommandInput & DescribeLogGroupsCommandInput;
  readonly elapsedMs: number;
}

/** CloudWatch Logs on a clock of its own; groups may come and go while it runs. */
export function createSimulatedService(
  clock: TimedClock,
  groups: Map<string, readonly LiveArrival[]>,
  {
    latencyMs = 20,
    pageSize = 10_000,
    failure = () => undefined,
    hasStream = () => true,
    session = lasting,
  }: ServiceBehaviour = {},
) {
  const asked: Asked[] = [];
  const tokens = new Map<string, LogEvent>();
  let sessions = 0;
  let openSessions = 0;

  const filter = (input: FilterLogEventsCommandInput): { events: FilteredLogEvent[]; nextToken?: string } => {
    const direction = input.startFromHead === false ? -1 : 1;
    const after = tokens.get(input.nextToken ?? '');
    const arrivals = arrivalsOf(input);
    for (const stream of input.logStreamNames ?? []) {
      if (hasStream(input.logGroupName ?? '', stream)) continue;
      throw toFailure('ResourceNotFoundException', 'The specified log stream does not exist.', {
        logGroup: input.logGroupName ?? '',
      });
    }
    const events = arrivals
      .filter(({ visibleMs }) => visibleMs <= clock.now())
      .map(({ event }) => event)
      .filter(({ timestamp }) => timestamp >= (input.startTime ?? 0) && timestamp < (input.endTime ?? 0))
      .filter(({ logStreamName }) => input.logStreamNames?.includes(logStreamName) ?? true)
      .filter((event) => after === undefined || direction * compareEvents(event, after) > 0)
      .sort((a, b) => direction * compareEvents(a, b))
      .slice(0, Math.min(pageSize, input.limit ?? pageSize));
    const last = events.at(-1);
    if (last === undefined) return { events: [] };
    const nextToken = `token ${tokens.size}`;
    tokens.set(nextToken, last);
    return { events: events.map(toReceived), nextToken };
  };
  const arrivalsOf = ({ logGroupName, logGroupIdentifier }: FilterLogEventsCommandInput): readonly LiveArrival[] => {
    const name = logGroupName ?? logGroupIdentifier ?? '';
    const arrivals = groups.get(name);
    if (arrivals === undefined) throw toMissingGroup(name);
    return arrivals;
  };
  const describe = ({ logGroupNamePrefix = '' }: DescribeLogGroupsCommandInput) => ({
    logGroups: [...groups.keys()]
      .filter((name) => name.startsWith(logGroupNamePrefix))
      .map((logGroupName) => ({ logGroupName, logGroupArn: toArn(logGroupName) })),
  });
  const describeStreams = (input: FilterLogEventsCommandInput) => ({
    logStreams: [...new Set(arrivalsOf(input).map(({ event }) => event.logStreamName))]
      .filter((logStreamName) => hasStream(input.logGroupName ?? '', logStreamName))
      .map((logStreamName) => ({ logStreamName })),
  });

  async function* updates({ logGroupIdentifiers = [] }: StartLiveTailCommandInput, signal: AbortSignal) {
    const { lastsMs, ending, sampled = false } = session(sessions++);
    const begunMs = clock.elapsed();
    let shownMs = clock.now();
    openSessions += 1;
    try {
      yield { sessionStart: {} };
      for (;;) {
        const leftMs = begunMs + lastsMs - clock.elapsed();
        await clock.wait(Math.min(updateMs, leftMs), signal);
        if (leftMs <= updateMs) break;
        const fromMs = shownMs;
        const toMs = clock.now();
        const sessionResults = [...groups]
          .filter(([logGroup]) => logGroupIdentifiers.includes(toArn(logGroup)))
          .flatMap(([logGroup, arrivals]) =>
            arrivals
              .filter(({ liveMs = 0 }) => liveMs > fromMs && liveMs <= toMs)
              .map(({ event: { timestamp, ingestionTime, message, logStreamName } }) => {
                const logGroupIdentifier = `${accountId}:${logGroup}`;
                return { timestamp, ingestionTime, message, logStreamName, logGroupIdentifier };
              }),
          );
        shownMs = toMs;
        yield { sessionUpdate: { sessionMetadata: { sampled }, sessionResults } };
      }
      if (ending === 'silence') await clock.wait(Number.POSITIVE_INFINITY, signal);
      if (ending === 'timeout') throw toException('SessionTimeoutException', 'The session has timed out.');
      if (ending === 'break') throw brokenOff();
    } catch (error) {
      // This is how the SDK shows an abort in the middle of a session.
      throw signal.aborted ? brokenOff() : error;
    } finally {
      openSessions -= 1;
    }
  }

  const client = new CloudWatchLogsClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
  });
  const send = async (command: { readonly input: object }, options: { abortSignal?: AbortSignal } = {}) => {
    const signal = options.abortSignal ?? new AbortController().signal;
    const operation = operationOf(command);
    const input = command.input as Asked['input'];
    asked.push({ operation, input, elapsedMs: clock.elapsed() });
    await clock.wait(latencyMs, signal);
    const error = failure(operation, input.logGroupName ?? input.logGroupIdentifier ?? '');
    if (error !== undefined) throw error;
    if (operation === 'FilterLogEvents') return filter(input);
    if (operation === 'DescribeLogGroups') return describe(input);
    if (operation === 'DescribeLogStreams') return describeStreams(input);
    return { responseStream: updates(input, signal) };
  };
  return {
    client: Object.assign(client, { send }),
    asked,
    requests: (operation: string) => asked.filter((request) => request.operation === operation),
    openSessions: () => openSessions,
  };
}

const updateMs = 1_000;
const accountId = '000000000000';

const lasting = (): SessionPlan => ({ lastsMs: 3 * 3_600_000, ending: 'timeout' });

/** The ARN of a simulated group. */
function toArn(logGroup: string): string {
  return `arn:aws:logs:us-east-1:${accountId}:log-group:${logGroup}`;
}

function toReceived({ timestamp, ingestionTime, message, eventId, logStreamName }: LogEvent): FilteredLogEvent {
  return { timestamp, ingestionTime, message, eventId, logStreamName };
}

function operationOf(command: object): string {
  if (command instanceof FilterLogEventsCommand) return 'FilterLogEvents';
  if (command instanceof DescribeLogGroupsCommand) return 'DescribeLogGroups';
  if (command instanceof DescribeLogStreamsCommand) return 'DescribeLogStreams';
  if (command instanceof StartLiveTailCommand) return 'StartLiveTail';
  throw new Error(`${command.constructor.name} is not simulated`);
}

function brokenOff(): Error {
  return Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
}
