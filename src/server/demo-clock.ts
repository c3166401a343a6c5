import { createRandom, hashText, type Random } from './random.js';

/**
 * What the made-up logs are made from. Everything in them follows from the seed and the calendar; the present only
 * decides how much of it has arrived, so that what one run has printed is still there in the next.
 */
export interface DemoScene {
  readonly seed: number;
  readonly nowMs: number;
}

/** Something happens: when, and the randomness to draw its details from. */
export interface DemoMoment {
  readonly timestamp: number;
  readonly random: Random;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const daysBeforeToday = 3;

/** The longest time that an agent waits to fill a batch. */
export const flushMs = 5_000;

/** When the first of the shown days (UTC) began: three whole days and today. */
export function firstDayMs(nowMs: number): number {
  return nowMs - (nowMs % dayMs) - daysBeforeToday * dayMs;
}

/** The randomness of a subject, such as a stream or a request. */
export function randomOf({ seed }: DemoScene, subject: string): Random {
  return createRandom(hashText(`${seed} ${subject}`));
}

/**
 * Moments from the first day on: dense by day, sparse by night, never regular. They go a little beyond now, to what
 * shares a batch with something that has happened.
 */
export function* moments(scene: DemoScene, subject: string, meanGapMs: number): Generator<DemoMoment> {
  const untilMs = scene.nowMs + flushMs;
  for (let dayStartMs = firstDayMs(scene.nowMs); dayStartMs < untilMs; dayStartMs += dayMs) {
    const random = randomOf(scene, `${subject} ${dayStartMs}`);
    // One moment after the other: its details are drawn before the next gap, however many moments are still to come.
    for (let timestamp = dayStartMs; ; ) {
      timestamp += 1 + Math.round((-Math.log(1 - random()) * meanGapMs) / traffic(timestamp));
      if (timestamp >= Math.min(dayStartMs + dayMs, untilMs)) break;
      yield { timestamp, random };
    }
  }
}

/** How busy a time is: 0.3 at three in the morning, 1.7 in the afternoon (UTC). */
function traffic(timestamp: number): number {
  const hour = (timestamp / hourMs) % 24;
  return 1 - 0.7 * Math.cos(((hour - 3) / 24) * 2 * Math.PI);
}

const backupEveryMs = 6 * hourMs;
const backupStartMs = 1.2 * hourMs;
const backupEndMs = 1.7 * hourMs;

/** Whether a time falls into one of the half hours, four a day, in which a backup slows the database down. */
export function isBackup(timestamp: number): boolean {
  const sinceMs = timestamp % backupEveryMs;
  return sinceMs >= backupStartMs && sinceMs < backupEndMs;
}
