import {
  acceptEvents,
  addStream,
  type InputEvent,
  type LogGroup,
  type LogGroupClass,
  type LogStream,
  newLogGroup,
  removeStream,
} from './log-group.js';
import { type Arrival, createVisibility, type Visibility } from './visibility.js';
import { alreadyExists, notFound } from './wire-error.js';

/** What a group may be created with besides its name. */
interface GroupOptions {
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
  /** Finds a group by its name, with all events that can be read by now; throws where there is none. */
  group(name: string): LogGroup;
  /** Deletes a group with its streams and events; throws where there is none. */
  deleteGroup(name: string): void;
  /** Deletes a stream with its events; throws where there is none. */
  deleteStream(group: string, stream: string): void;
  /** Stores events as one batch, received now unless told otherwise. */
  append(group: LogGroup, stream: LogStream, events: readonly InputEvent[], ingestionTime?: number): void;
  /** Fills a stream, created if need be, with events in any order and of any age: for demos and tests. */
  seedEvents(group: string, stream: string, events: readonly InputEvent[], ingestionTime?: number): void;
  /** Tells of every event that becomes readable from now on; what it returns ends it. */
  watch(watcher: (arrival: Arrival) => void): () => void;
  /** Tells watchers of what has become readable since a group was last read. */
  settle(): void;
}

/** Creates a store without groups. */
export function createLogStore(now: () => number, visibility: Visibility = createVisibility(now)): LogStore {
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
      visibility.settle();
      const group = groups.get(name);
      if (group === undefined) throw notFound('log group');
      return group;
    },
    deleteGroup(name) {
      const group = store.group(name);
      groups.delete(name);
      group.streams.clear();
    },
    deleteStream(groupName, streamName) {
      removeStream(store.group(groupName), streamName);
    },
    append(group, stream, events, ingestionTime = now()) {
      batches += 1;
      acceptEvents(group, { stream, ingestionTime, number: batches }, events, visibility.admit);
    },
    seedEvents(groupName, streamName, events, ingestionTime) {
      const group = store.group(groupName);
      const stream = group.streams.get(streamName) ?? addStream(group, streamName, group.creationTime);
      store.append(group, stream, events, ingestionTime);
    },
    watch: visibility.watch,
    settle: visibility.settle,
  };
  return store;
}

const dayMs = 86_400_000;

/** Events before this time have expired and are not returned any more. */
export function expiryMs({ retentionInDays }: LogGroup, nowMs: number): number {
  return retentionInDays === undefined ? 0 : nowMs - retentionInDays * dayMs;
}
