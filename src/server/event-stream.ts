import type { Writable } from 'node:stream';
import { EventStreamCodec } from '@smithy/core/event-streams';

/** An answer that goes on after its first frames. */
export interface EventStream {
  readonly opening: Buffer;
  /** Sends what follows; the connection may be slow, or gone. */
  follow(connection: Writable): void;
}

/** The media type of an event stream. */
export const eventStreamType = 'application/vnd.amazon.eventstream';

/** A frame of an event stream that holds an event. */
export function toEventFrame(eventType: string, payload: object): Buffer {
  return toFrame({ ':message-type': 'event', ':event-type': eventType }, payload);
}

/** A frame of an event stream that holds an exception: the last one. */
export function toExceptionFrame(exceptionType: string, message: string): Buffer {
  return toFrame({ ':message-type': 'exception', ':exception-type': exceptionType }, { message });
}

const codec = new EventStreamCodec(
  (bytes) => Buffer.from(bytes).toString('utf8'),
  (text) => Buffer.from(text, 'utf8'),
);

function toFrame(names: Readonly<Record<string, string>>, payload: object): Buffer {
  const headers = Object.entries({ ...names, ':content-type': 'application/json' }).map(
    ([name, value]) => [name, { type: 'string', value }] as const,
  );
  const frame = codec.encode({
    headers: Object.fromEntries(headers),
    body: Buffer.from(JSON.stringify(payload)),
  });
  return Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength);
}
