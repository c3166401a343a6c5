import fc from 'fast-check';
import type { LogEvent } from '../../src/logs/event.js';
import { compileTimePattern } from '../../src/time/time-text.js';
import type { WallClock } from '../../src/time/wall-clock.js';

/** 2026-11-20T15:04:05.123Z */
export const baseMs = 1_795_187_045_123;

export const utcClock: WallClock = {
  date: (ms) => new Date(ms).toISOString().slice(0, 10),
  time: (ms) => new Date(ms).toISOString().slice(11, 23),
  offsetMinutes: () => 0,
  zoneLabel: () => 'UTC',
};

export function toEvent(parts: Partial<LogEvent>): LogEvent {
  return {
    timestamp: baseMs,
    ingestionTime: baseMs + 500,
    message: 'started',
    eventId: '39876',
    logStreamName: 'web/1',
    logGroupName: '/shop/api',
    region: 'eu-west-1',
    ...parts,
  };
}

const telling = ['\u001b', '\u001b[', '\u009b', '[', ']', '31m', ';', 'm', '\r', '\n', '\t', '\u0007', '\u007f'];

/** Text rich in control characters, pieces of terminal sequences and lone surrogates. */
export const controlHeavyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(...telling, '\ud800', '\udc00'),
      fc.integer({ min: 0, max: 0xff }).map((code) => String.fromCharCode(code)),
      fc.string({ unit: 'binary' }),
    ),
  )
  .map((pieces) => pieces.join(''));

/** What compiles the times in names of files, in UTC. */
export const compileUtcTime = (pattern: string) => compileTimePattern(pattern, utcClock);
