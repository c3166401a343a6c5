import { type EventPosition, placesPerEvent } from './event-position.js';
import type { Cursor } from './event-window.js';
import type { Random } from './random.js';

/**
 * Draws whether a page stays empty although an event comes next; answers with the place right before that event, from
 * which the token of the empty page goes on.
 */
export type DrawEmptyPage = (next: EventPosition | undefined, cursor: Cursor) => EventPosition | undefined;

/**
 * Creates the draw for a share of the pages. Each empty page in a row brings the token one place nearer to the event,
 * and there are only so many places: a reader who goes on always arrives.
 */
export function createEmptyPages(share: number, random: Random): DrawEmptyPage {
  return (next, { isForward, beyond }) => {
    if (share === 0 || next === undefined || random() >= share) return undefined;
    const distance = distanceBetween(next, beyond) - 1 / placesPerEvent;
    if (distance <= 0) return undefined;
    return { ...next, index: next.index + (isForward ? -distance : distance) };
  };
}

/** How far an event is from the position before it: 1 unless that position is one of the places between them. */
function distanceBetween(next: EventPosition, beyond: EventPosition | undefined): number {
  const isNear =
    beyond !== undefined &&
    beyond.timestamp === next.timestamp &&
    beyond.batch.ingestionTime === next.batch.ingestionTime &&
    beyond.batch.number === next.batch.number;
  return isNear ? Math.min(1, Math.abs(next.index - beyond.index)) : 1;
}
