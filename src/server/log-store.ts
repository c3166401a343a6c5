import {
  addEvents,
  addStream,
  type InputEvent,
  type LogGroup,
  type LogGroupClass,
  type LogStream,
  newLogGroup,
} from './log-group.js';
import { alreadyExists, notFound } from './wire-error.js';

/** What a group may be created with besides its name. */
export interface GroupOptions {
  readonly logGroupClass?: LogGroupClass | undefined;
  readonly retentionInDays?: number | undefined;
  readonly deletionProtectionEnabled?: boolean | undefined;
  /** Milliseconds since the epoch; default: now. */
  readonly creationTime?: number | undefined;
}

/** The log groups of one account in one region, in memory. */
export interface LogStore {
  readonly groups: ReadonlyMap<string, LogGroup>;
  now(): number;
  createGroup(name: string, options?: GroupOptions): LogGroup;
  /** Finds a group by its name; throws where there is none. */
  group(name: string): LogGroup;
  /** Stores events as one batch, received now unless told otherwise. */
  append(group: LogGroup, stream: LogStream, events: readonly InputEvent[], ingestionTime?: number): void;
  /** Fills a stream, created if need be, with events in any order and of any age: for demos and tests. */
  seedEvents(group: string, stream: string, events: readonly InputEvent[], ingestionTime?: number): void;
}

/** Creates a store without groups. */
export function createLogStore(now: () => number): LogStore {
  const groups = new Map<string, LogGroup>();
  let batches = 0;
  const store: LogStore = {
    groups,
    now,
    createGroup(name, options = {}) {
      if (groups.has(name)) throw alreadyExists('log group');
      const { logGroupClass = 'STANDARD', deletionProtectionEnabled = false, creationTime = now() } = options;
      const group = newLogGroup({ name, creationTime, logGroupClass, deletionProtectionEnabled });
      group.retentionInDays = options.retentionInDays;
      groups.set(name, group);
      return group;
    },
    group(name) {
      const group = groups.get(name);
      if (group === undefined) throw notFound('log group');
      return group;
    },
    append(group, stream, events, ingestionTime = now()) {
      batches += 1;
      addEvents(group, { stream, ingestionTime, number: batches }, events);
    },
    seedEvents(groupName, streamName, events, ingestionTime) {
      const group = store.group(groupName);
      const stream = group.streams.get(streamName) ?? addStream(group, streamName, group.creationTime);
      store.append(group, stream, events, ingestionTime);
    },
  };
  return store;
}

const dayMs = 86_400_000;

/** Events before this time have expired and are not returned any more. */
export function expiryMs({ retentionInDays }: LogGroup, nowMs: number): number {
  return retentionInDays === undefined ? 0 : nowMs - retentionInDays * dayMs;
}
