import { createRandom, hashText, type Random } from '../random.js';

/**
 * What the made-up logs are made from. Everything in them follows from the seed and the calendar; the present only
 * decides how much of it has arrived, so that what one run has printed is still there in the next.
 */
export interface DemoScene {
  readonly seed: number;
  /** When the first of the shown days (UTC) began. */
  readonly firstDayMs: number;
}

/** Something happens: when, and the randomness to draw its details from. */
interface DemoMoment {
  readonly timestamp: number;
  readonly random: Random;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const daysBeforeToday = 3;

/** When the first of the shown days (UTC) began: three whole days and today. */
export function firstDayMs(nowMs: number): number {
  return nowMs - (nowMs % dayMs) - daysBeforeToday * dayMs;
}

/** The randomness of a subject, such as a stream or a request. */
export function randomOf({ seed }: DemoScene, subject: string): Random {
  return createRandom(hashText(`${seed} ${subject}`));
}

/** Goes on to a time: the moments after those of the call before, up to and including it. */
export type Pace = (untilMs: number) => Iterable<DemoMoment>;

/** Creates a pace from the first day on: dense by day, sparse by night, never regular. */
export function createPace(scene: DemoScene, subject: string, meanGapMs: number): Pace {
  const coming = moments(scene, subject, meanGapMs);
  let next = coming.next().value;
  return function* (untilMs) {
    while (next.timestamp <= untilMs) {
      yield next;
      // Only now: the details of a moment are drawn before the gap that follows it, however far a call goes.
      next = coming.next().value;
    }
  };
}

function* moments(scene: DemoScene, subject: string, meanGapMs: number): Generator<DemoMoment, never> {
  for (let dayStartMs = scene.firstDayMs; ; dayStartMs += dayMs) {
    const random = randomOf(scene, `${subject} ${dayStartMs}`);
    for (let timestamp = dayStartMs; ; ) {
      timestamp += 1 + Math.round((-Math.log(1 - random()) * meanGapMs) / traffic(timestamp));
      if (timestamp >= dayStartMs + dayMs) break;
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
