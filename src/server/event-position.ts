import { invalidToken } from './wire-error.js';

/** Events that were received together. */
export interface Batch {
  readonly ingestionTime: number;
  /** Grows from batch to batch. */
  readonly number: number;
}

/**
 * A place in the order in which events are returned: by timestamp, then ingestion time, then batch, then place in
 * the batch. An event's id is its position as one number, so that ids sort like results.
 */
export interface EventPosition {
  readonly timestamp: number;
  readonly batch: Batch;
  /** From 1 on for events: 0 is before the first of a batch, and quarters are places between two neighbours. */
  readonly index: number;
}

/** Compares two positions for sorting. */
export function comparePositions(a: EventPosition, b: EventPosition): number {
  return (
    a.timestamp - b.timestamp ||
    a.batch.ingestionTime - b.batch.ingestionTime ||
    a.batch.number - b.batch.number ||
    a.index - b.index
  );
}

/** The place before everything that has this timestamp. */
export function positionBefore(timestamp: number): EventPosition {
  return { timestamp, batch: { ingestionTime: 0, number: 0 }, index: 0 };
}

/** The places from one event to the next, the event's own included: where a token may rest. */
export const placesPerEvent = 4;

const idDigits = 56;
const timestampShift = 144n;
const ingestionShift = 96n;
const batchShift = 32n;

/** The 56 digits of a position; their upper bits are the timestamp. */
export function toEventId({ timestamp, batch, index }: EventPosition): string {
  const id =
    (BigInt(timestamp) << timestampShift) |
    (BigInt(batch.ingestionTime) << ingestionShift) |
    (BigInt(batch.number) << batchShift) |
    BigInt(index * placesPerEvent);
  return id.toString().padStart(idDigits, '0');
}

/** The position that an id stands for; throws InvalidParameterException on what was never an id. */
export function parseEventId(text: string): EventPosition {
  if (text.length !== idDigits || !/^\d+$/.test(text)) throw invalidToken();
  const id = BigInt(text);
  const ingestionTime = Number(BigInt.asUintN(48, id >> ingestionShift));
  const number = Number(BigInt.asUintN(64, id >> batchShift));
  return {
    timestamp: Number(id >> timestampShift),
    batch: { ingestionTime, number },
    index: Number(BigInt.asUintN(32, id)) / placesPerEvent,
  };
}
