import { type LogGroup, type StoredEvent, showEvent } from './log-group.js';
import { drawFrom, type Random, type Span } from './random.js';

/** How long after their acceptance events can be read: each on its own, so that they appear out of order. */
export interface VisibilitySettings {
  /** For every event; default: 0. */
  readonly delayMs?: Span;
  /** A share (0 to 1) of the events takes so long instead. */
  readonly late?: { readonly share: number; readonly delayMs: Span };
}

/** An event that has become readable. */
export interface Arrival {
  readonly group: LogGroup;
  readonly event: StoredEvent;
  /** Since when, by the endpoint's clock. */
  readonly visibleMs: number;
}

/** Where accepted events wait until they can be read. */
export interface Visibility {
  /** Takes an event that was just accepted: it can be read at once or later. */
  admit(group: LogGroup, event: StoredEvent): void;
  /** Makes readable what is due. */
  settle(): void;
  /** Tells of every event that becomes readable from now on, at the settling after that; what it returns ends it. */
  watch(watcher: (arrival: Arrival) => void): () => void;
}

/** Creates the visibility of a store's events. */
export function createVisibility(
  now: () => number,
  { delayMs = 0, late }: VisibilitySettings = {},
  random: Random = Math.random,
): Visibility {
  const isPrompt = delayMs === 0 && late === undefined;
  const watchers = new Set<(arrival: Arrival) => void>();
  const waiting: Arrival[] = [];
  const draw = () => drawFrom(random, late !== undefined && random() < late.share ? late.delayMs : delayMs);
  const show = (arrival: Arrival) => {
    showEvent(arrival.group, arrival.event);
    for (const watcher of watchers) watcher(arrival);
  };
  const settle = () => {
    if (waiting.length === 0) return;
    const nowMs = now();
    let kept = 0;
    for (const arrival of waiting) {
      if (arrival.visibleMs > nowMs) waiting[kept++] = arrival;
      else if (!isDeleted(arrival)) show(arrival);
    }
    waiting.length = kept;
  };
  return {
    admit(group, event) {
      // What every event goes through where no switch is set and nobody watches: no clock, no object.
      if (isPrompt && watchers.size === 0) return showEvent(group, event);
      const nowMs = now();
      const visibleMs = isPrompt ? nowMs : Math.max(nowMs, event.batch.ingestionTime + draw());
      if (visibleMs <= nowMs) show({ group, event, visibleMs });
      else waiting.push({ group, event, visibleMs });
    },
    settle,
    watch(watcher) {
      settle();
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
  };
}

/** Whether the stream of an event was deleted while the event was waiting. */
function isDeleted({ group, event: { batch } }: Arrival): boolean {
  return group.streams.get(batch.stream.name) !== batch.stream;
}
