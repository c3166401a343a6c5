import type { WallClock } from '../time/wall-clock.js';

/** Creates a function from epoch ms to `YYYY-MM-DD HH:mm:ss.SSS` by the given clock. */
export function createDateTime(clock: WallClock): (ms: number) => string {
  return createTimestamp((ms) => `${clock.date(ms)} ${toSecond(clock, ms)}`);
}

/** Creates a function from epoch ms to `HH:mm:ss.SSS` by the given clock. */
export function createTimeOfDay(clock: WallClock): (ms: number) => string {
  return createTimestamp((ms) => toSecond(clock, ms));
}

/** Creates a function from epoch ms to `YYYY-MM-DDTHH:mm:ss.SSSZ`. */
export function createIsoTime(): (ms: number) => string {
  const toMillisecond = createTimestamp((ms) => new Date(ms).toISOString().slice(0, 19));
  return (ms) => `${toMillisecond(ms)}Z`;
}

/**
 * Creates a function that keeps the last second's text: neighbouring events mostly share it, and no zone changes its
 * offset inside a second.
 */
export function createSecondText(render: (ms: number) => string): (ms: number) => string {
  let keptSecond = Number.NaN;
  let keptText = '';
  return (ms) => {
    const second = Math.floor(ms / 1000);
    if (second !== keptSecond) {
      keptText = render(ms);
      keptSecond = second;
    }
    return keptText;
  };
}

function createTimestamp(renderSecond: (ms: number) => string): (ms: number) => string {
  const secondText = createSecondText(renderSecond);
  return (ms) => `${secondText(ms)}.${String(ms - Math.floor(ms / 1000) * 1000).padStart(3, '0')}`;
}

function toSecond(clock: WallClock, ms: number): string {
  return clock.time(ms).slice(0, 8);
}
