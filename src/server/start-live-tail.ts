import { type EventStream, toEventFrame } from './event-stream.js';
import { followLiveTail, type SessionTest } from './live-tail-session.js';
import { logGroupIdentifier, logStreamName, logStreamNames } from './log-members.js';
import { list, readMembers, required, text, type Values } from './members.js';
import { toMessageTest } from './message-test.js';
import { randomUuid } from './random.js';
import { requireStandardClass, type Service, toGroupName } from './service.js';
import { invalidParameter } from './wire-error.js';

const members = {
  logGroupIdentifiers: required(list(required(logGroupIdentifier), 1, 10)),
  logStreamNames,
  logStreamNamePrefixes: list(logStreamName, 1, 100),
  logEventFilterPattern: text(0, 1024),
};

type Input = Values<typeof members>;

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartLiveTail.html */
export function startLiveTail(service: Service, request: unknown): EventStream {
  const { liveTail } = service;
  const input = readMembers(request, members);
  checkStreams(input);
  const isWanted = toSessionTest(input, readGroups(service, input));
  liveTail.admit();
  const sessionStart = { requestId: randomUuid(liveTail.random), sessionId: randomUuid(liveTail.random), ...input };
  return {
    opening: Buffer.concat([toEventFrame('initial-response', {}), toEventFrame('sessionStart', sessionStart)]),
    follow: (connection) => followLiveTail(service, isWanted, connection),
  };
}

function checkStreams({ logGroupIdentifiers, logStreamNames, logStreamNamePrefixes }: Input): void {
  if (logStreamNames === undefined && logStreamNamePrefixes === undefined) return;
  if (logStreamNames !== undefined && logStreamNamePrefixes !== undefined) {
    throw invalidParameter('logStreamNames and logStreamNamePrefixes cannot both be specified.');
  }
  if (logGroupIdentifiers.length > 1) {
    throw invalidParameter('Log streams can only be specified with exactly one log group.');
  }
}

/** The names of the groups asked for. */
function readGroups(service: Service, { logGroupIdentifiers }: Input): ReadonlySet<string> {
  const names = logGroupIdentifiers.map((identifier) => {
    if (!identifier.startsWith('arn:')) {
      throw invalidParameter('Each log group in logGroupIdentifiers must be specified by its ARN.');
    }
    const group = service.store.group(toGroupName(service, identifier));
    requireStandardClass(group, 'StartLiveTail');
    return group.name;
  });
  return new Set(names);
}

function toSessionTest(input: Input, groups: ReadonlySet<string>): SessionTest {
  const matches = toMessageTest(input.logEventFilterPattern);
  const streams = input.logStreamNames && new Set(input.logStreamNames);
  const prefixes = input.logStreamNamePrefixes;
  return (group, { batch, message }) =>
    groups.has(group.name) &&
    streams?.has(batch.stream.name) !== false &&
    prefixes?.some((prefix) => batch.stream.name.startsWith(prefix ?? '')) !== false &&
    matches?.(message) !== false;
}
