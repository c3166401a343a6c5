import type { Batch, EventPosition } from './event-position.js';
import { createTimeline, type Timeline } from './timeline.js';
import { alreadyExists, notFound } from './wire-error.js';

/** The class of a group, which decides what can be done with it. */
export type LogGroupClass = 'STANDARD' | 'INFREQUENT_ACCESS' | 'DELIVERY';

/** A log group with its streams and events. */
export interface LogGroup {
  readonly name: string;
  readonly creationTime: number;
  readonly logGroupClass: LogGroupClass;
  readonly deletionProtectionEnabled: boolean;
  retentionInDays: number | undefined;
  storedBytes: number;
  readonly streams: Map<string, LogStream>;
  /** The events of all streams. */
  readonly timeline: Timeline<StoredEvent>;
}

/** A log stream with its events. */
export interface LogStream {
  readonly name: string;
  /** The name as a JSON string, written into every event of a page. */
  readonly nameJson: string;
  readonly creationTime: number;
  firstEventTimestamp: number | undefined;
  lastEventTimestamp: number | undefined;
  lastIngestionTime: number | undefined;
  readonly timeline: Timeline<StoredEvent>;
}

/** An event as it is kept: one object shared by the timelines of its group and its stream. */
export interface StoredEvent extends EventPosition {
  readonly batch: StreamBatch;
  readonly message: string;
}

/** A batch as it is kept: what its events have in common. */
export interface StreamBatch extends Batch {
  readonly stream: LogStream;
}

/** An event as it is written. */
export interface InputEvent {
  readonly timestamp: number;
  readonly message: string;
}

/** What the service adds to the length of every message, wherever it counts bytes. */
const eventOverheadBytes = 26;

/** The size of an event as the service counts it. */
export function sizeOf({ message }: InputEvent): number {
  return Buffer.byteLength(message) + eventOverheadBytes;
}

/** A group without streams. */
export function newLogGroup(
  group: Pick<LogGroup, 'name' | 'creationTime' | 'logGroupClass' | 'deletionProtectionEnabled'>,
): LogGroup {
  return { ...group, retentionInDays: undefined, storedBytes: 0, streams: new Map(), timeline: createTimeline() };
}

/** Adds an empty stream to a group. */
export function addStream(group: LogGroup, name: string, creationTime: number): LogStream {
  if (group.streams.has(name)) throw alreadyExists('log stream');
  const stream: LogStream = {
    name,
    nameJson: JSON.stringify(name),
    creationTime,
    firstEventTimestamp: undefined,
    lastEventTimestamp: undefined,
    lastIngestionTime: undefined,
    timeline: createTimeline(),
  };
  group.streams.set(name, stream);
  return stream;
}

/** Finds a stream by its name. */
export function streamOf(group: LogGroup, name: string): LogStream {
  const stream = group.streams.get(name);
  if (stream === undefined) throw notFound('log stream');
  return stream;
}

/** Takes the events of a batch into a stream's books and hands each over as it is kept. */
export function acceptEvents(
  group: LogGroup,
  batch: StreamBatch,
  events: readonly InputEvent[],
  admit: (group: LogGroup, event: StoredEvent) => void,
): void {
  const { stream, ingestionTime } = batch;
  events.forEach((event, index) => {
    const { timestamp, message } = event;
    admit(group, { timestamp, batch, index: index + 1, message });
    group.storedBytes += sizeOf(event);
    stream.firstEventTimestamp = Math.min(stream.firstEventTimestamp ?? timestamp, timestamp);
    stream.lastEventTimestamp = Math.max(stream.lastEventTimestamp ?? timestamp, timestamp);
  });
  if (events.length > 0) stream.lastIngestionTime = Math.max(stream.lastIngestionTime ?? 0, ingestionTime);
}

/** Makes an accepted event readable. */
export function showEvent(group: LogGroup, event: StoredEvent): void {
  group.timeline.add(event);
  event.batch.stream.timeline.add(event);
}

/** Removes a stream and its events from a group. */
export function removeStream(group: LogGroup, name: string): void {
  const stream = streamOf(group, name);
  group.streams.delete(name);
  group.timeline.remove(({ batch }) => batch.stream === stream);
  for (const event of stream.timeline.events()) group.storedBytes -= sizeOf(event);
}
